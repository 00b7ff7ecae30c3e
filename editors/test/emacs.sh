#!/usr/bin/env bash
# Tests the configuration for Emacs of ../README.md in `emacs --batch`: findings, quick fix, undo, imenu.
#
# Ends with 77, after one line, when there is no Emacs with eglot and none can be installed.
set -euo pipefail
source "$(dirname "$0")/prepare.sh"

has_eglot() { command -v emacs > /dev/null && emacs --batch --eval "(require 'eglot)" > /dev/null 2>&1; }
has_eglot || { debian emacs emacs-nox elpa-eglot && has_eglot; } || skip 'Emacs with eglot cannot be installed'
server
configuration elisp Emacs > "$work/init.el"

HOME=$work PATH=$work/bin:$PATH LC_ALL=C.UTF-8 TEST_PAGES=$work/pages \
    timeout 120 emacs --batch --load "$work/init.el" --load "$root/editors/test/emacs.el"
