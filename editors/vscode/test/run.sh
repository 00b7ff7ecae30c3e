#!/usr/bin/env bash
# Tests the extension in VS Code (code-server from npm): inside the extension host, and, with the .vsix installed in a
# fresh profile, in the real workbench, which a headless Chromium drives; then inside the extension host of the oldest
# VS Code that can be had.
#
#   run.sh               all of it
#   run.sh --pictures    the workbench only; what it shows becomes the pictures in ../media
#
# The server is $ARTICLE_LSP, or what `cargo build --release` makes. Everything else is installed in target/editors,
# but Chromium and a Chinese font, which are Debian's. Ends with 77, after one line, when something cannot be had.
set -euo pipefail
source "$(dirname "$0")/../../test/prepare.sh"
cd "$root/editors/vscode"

command -v npm > /dev/null || skip 'npm is not installed'
browser() { type -P chromium || type -P chromium-browser || type -P google-chrome; }
[ -n "${CHROMIUM:=$(browser)}" ] || { debian chromium chromium && CHROMIUM=$(browser); } \
    || skip 'Chromium cannot be installed'
export CHROMIUM
# Tests do not need the font: without it they see boxes of the same width. Pictures do.
has_font() { [ -n "$(fc-list :lang=zh-cn 2> /dev/null)" ]; }
has_font || { debian font fontconfig fonts-noto-cjk && has_font; } || [ "${1:-}" != --pictures ] \
    || skip 'a Chinese font cannot be installed'
if ! [ -d node_modules ] || [ package-lock.json -nt node_modules ]; then
    npm ci --no-audit --no-fund > "$cache/npm.log" 2>&1 || skip 'the npm packages of the extension cannot be installed'
    touch node_modules
fi
code_server() { # code_server newest|oldest
    node test/code-server.mjs install "$cache" "$1" > "$cache/code-server-$1.log" 2>&1 \
        || skip "the $1 code-server cannot be installed from npm (see $cache/code-server-$1.log)"
}
code_server newest

if [ -z "${ARTICLE_LSP:-}" ]; then
    cargo build --release --quiet --locked --manifest-path "$root/Cargo.toml"
    export ARTICLE_LSP=$root/target/release/article-lsp
fi
node scripts/settings.mjs --check
node scripts/package.mjs > "$cache/package.log" 2>&1 || { cat "$cache/package.log"; exit 1; }
vsix=$(tail -1 "$cache/package.log")

if [ "${1:-}" = --pictures ]; then
    node test/run-workbench.mjs "$cache" "$vsix" --pictures
    exit
fi
timeout 700 node test/run-extension-host.mjs "$cache" newest
timeout 1200 node test/run-workbench.mjs "$cache" "$vsix"
code_server oldest
timeout 700 node test/run-extension-host.mjs "$cache" oldest
