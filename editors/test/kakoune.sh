#!/usr/bin/env bash
# Tests the configuration for Kakoune of ../README.md in a terminal: findings, articles, quick fix, undo.
#
# Kakoune is Debian's. kakoune-lsp has to be compiled (`cargo install kak-lsp`), which takes longer than all the other
# tests of editors, so that it is not installed here. Ends with 77, after one line, when one of the two is missing.
set -euo pipefail
source "$(dirname "$0")/prepare.sh"
source "$(dirname "$0")/terminal.sh"

command -v kak-lsp > /dev/null || skip 'kak-lsp is not on the PATH'
command -v kak > /dev/null || debian kakoune kakoune || skip 'Kakoune cannot be installed'
server
mkdir -p "$work/config/kak"
configuration kak Kakoune > "$work/config/kak/kakrc"

start() { open_terminal "XDG_CONFIG_HOME=$work/config XDG_RUNTIME_DIR=$work kak $work/pages/$1"; }

start reader-questions.md
until_true 'opens a page' shows '职场心桥'
press ':lsp-diagnostics' Enter
until_true 'lists the findings' shows 'broken-paragraph'
press ':delete-buffer' Enter ':lsp-document-symbol' Enter
until_true 'lists the articles' shows '专家心解'
press ':delete-buffer' Enter

# To the end of the line of the first finding, and its repair.
press 17g gl ':lsp-code-actions' Enter
until_true 'offers the repair' shows 'Join: '
press Join Enter
saves_and_takes_back
end
