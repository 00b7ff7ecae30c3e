#!/usr/bin/env bash
# Tests the configuration for Helix of ../README.md in a terminal: findings, quick fix, undo, the list of symbols.
#
# Helix is `hx`, or the one of Debian trixie unpacked into target/editors (nothing of the system is touched). Ends with
# 77, after one line, when it cannot be had.
set -euo pipefail
source "$(dirname "$0")/prepare.sh"
source "$(dirname "$0")/terminal.sh"

private=$cache/helix
fetch() { # Helix with all its libraries, its own list of packages and its own cache
    mkdir -p "$private"/{lists,cache/archives}/partial "$private/root"
    : > "$private/status"
    printf 'Types: deb\nURIs: http://deb.debian.org/debian\nSuites: trixie\nComponents: main\nSigned-By: %s\n' \
        /usr/share/keyrings/debian-archive-keyring.gpg > "$private/trixie.sources"
    local options=(-o Dir::Etc::sourcelist="$private/trixie.sources" -o Dir::Etc::sourceparts=-
        -o Dir::State::lists="$private/lists" -o Dir::Cache="$private/cache" -o Dir::State::status="$private/status")
    apt-get "${options[@]}" -q update
    apt-get "${options[@]}" -qy install --no-install-recommends --download-only hx
    for package in "$private"/cache/archives/*.deb; do dpkg -x "$package" "$private/root"; done
}
if command -v hx > /dev/null; then
    hx=hx
else
    mkdir -p "$private"
    [ -x "$private/root/usr/lib/hx/hx" ] || fetch > "$cache/helix.log" 2>&1 || skip 'Helix cannot be fetched'
    lib=$private/root/usr/lib
    libraries=$lib/x86_64-linux-gnu
    hx="env HELIX_RUNTIME=$lib/hx/runtime $libraries/ld-linux-x86-64.so.2 --library-path $libraries $lib/hx/hx"
fi
server
mkdir -p "$work/config/helix"
configuration toml Helix > "$work/config/helix/languages.toml"

start() { open_terminal "XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache $hx $work/pages/$1"; }

start reader-questions.md
until_true 'opens a page' shows '职场心桥'
until_true 'marks the findings' shows '●'
press Space d
until_true 'lists the findings' shows 'broken-paragraph'
press Escape
press Space s
until_true 'lists the articles' shows '专家心解'
press Escape

# To the next finding, and its repair; what is on the screen is wrapped, so the file is looked at.
press ']' d
press Space a
until_true 'offers the repair' shows 'Join: '
press Enter
saves_and_takes_back
end

start indented-page.txt
until_true 'opens a text file' shows '把时间还给课堂'
until_true 'marks the findings of a text file' shows '●'
press Space d
until_true 'lists the findings of a text file' shows 'broken-paragraph'
press Escape
end
