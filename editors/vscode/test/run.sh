#!/usr/bin/env bash
# Tests the extension in VS Code (code-server from npm) inside the real extension host. With --workbench it drives the
# real workbench in a headless Chromium, too; with --pictures what that saw becomes the pictures of the README.
#
# The server is $ARTICLE_LSP, or what `cargo build --release` makes. Everything else is installed below target/editors. Ends
# with 77, after one line, when something cannot be had.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
root=$(cd "$here/../.." && pwd)
cache=$root/target/editors
mkdir -p "$cache"

skip() {
    echo "skipped: $*"
    exit 77
}

command -v npm > /dev/null || skip 'npm is not installed'
export CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$CHROMIUM" ]; then
    { [ "$(id -u)" = 0 ] && apt-get -q update && apt-get -qy install --no-install-recommends chromium fonts-noto-cjk; } \
        > "$cache/chromium.log" 2>&1 || skip 'Chromium cannot be installed'
    CHROMIUM=$(command -v chromium)
fi
cd "$here"
if ! [ -d node_modules ] || [ package-lock.json -nt node_modules ]; then
    npm ci --no-audit --no-fund > "$cache/npm.log" 2>&1 || skip 'the npm packages of the extension cannot be installed'
    touch node_modules
fi
node test/code-server.mjs install "$cache/code-server" > "$cache/code-server.log" 2>&1 \
    || skip "code-server cannot be installed from npm (see $cache/code-server.log)"

if [ -z "${ARTICLE_LSP:-}" ]; then
    cargo build --release --quiet --locked --manifest-path "$root/Cargo.toml"
    export ARTICLE_LSP=$root/target/release/article-lsp
fi
node scripts/package.mjs > "$cache/package.log" 2>&1 || { cat "$cache/package.log"; exit 1; }
vsix=$(tail -1 "$cache/package.log")

node test/run-extension-host.mjs "$cache"
if [ $# -gt 0 ]; then
    node test/run-workbench.mjs "$cache" "$vsix" "${@/--workbench/}"
fi
