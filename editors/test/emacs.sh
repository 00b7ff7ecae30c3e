#!/usr/bin/env bash
# Tests the configuration for Emacs of ../README.md in `emacs --batch`: findings, quick fix, undo, imenu.
#
# The server is $ARTICLE_LSP, or what `cargo build` makes. Ends with 77, after one line, when there is no Emacs with
# eglot and none can be installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
source "$here/configuration.sh"

has_eglot() { command -v emacs > /dev/null && emacs --batch --eval "(require 'eglot)" > /dev/null 2>&1; }
if ! has_eglot; then
    mkdir -p "$root/target/editors"
    { [ "$(id -u)" = 0 ] && apt-get -q update && apt-get -qy install --no-install-recommends emacs-nox elpa-eglot; } \
        > "$root/target/editors/emacs.log" 2>&1 && has_eglot || {
        echo 'skipped: Emacs with eglot cannot be installed'
        exit 77
    }
fi
if [ -z "${ARTICLE_LSP:-}" ]; then
    cargo build --quiet --locked --manifest-path "$root/Cargo.toml"
    ARTICLE_LSP=$root/target/debug/article-lsp
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/pages"
ln -s "$(realpath "$ARTICLE_LSP")" "$work/bin/article-lsp"
cp "$root"/seeds/*.md "$root"/seeds/*.txt "$work/pages"
configuration elisp Emacs > "$work/init.el"

HOME=$work PATH=$work/bin:$PATH LC_ALL=C.UTF-8 TEST_PAGES=$work/pages \
    timeout 120 emacs --batch --load "$work/init.el" --load "$here/emacs.el"
