#!/usr/bin/env bash
# Tests the configuration for Helix of ../README.md in a terminal: findings and the list of symbols.
#
# The server is $ARTICLE_LSP, or what `cargo build` makes. Helix is `hx`, or the one of Debian trixie unpacked into
# target/editors (nothing of the system is touched). Ends with 77, after one line, when it cannot be had.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
source "$here/configuration.sh"

skip() {
    echo "skipped: $*"
    exit 77
}

command -v tmux > /dev/null || skip 'tmux is not installed'
private=$root/target/editors/helix
fetch() { # Helix with all its libraries, its own list of packages and its own cache
    mkdir -p "$private"/{lists,cache/archives}/partial "$private/root"
    : > "$private/status"
    local mirror
    mirror=$(sed -n 's/^URIs: //p' /etc/apt/sources.list.d/debian.sources | head -1)
    printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: %s\n' "$mirror" \
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
    [ -x "$private/root/usr/lib/hx/hx" ] || fetch > "$private/fetch.log" 2>&1 || skip 'Helix cannot be fetched'
    libraries=$private/root/usr/lib/x86_64-linux-gnu
    hx="env HELIX_RUNTIME=$private/root/usr/lib/hx/runtime $libraries/ld-linux-x86-64.so.2 --library-path $libraries $private/root/usr/lib/hx/hx"
fi
if [ -z "${ARTICLE_LSP:-}" ]; then
    cargo build --quiet --locked --manifest-path "$root/Cargo.toml"
    ARTICLE_LSP=$root/target/debug/article-lsp
fi

work=$(mktemp -d)
terminal() { tmux -L "article-lsp-$$" "$@"; }
trap 'terminal kill-server 2> /dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/config/helix"
ln -s "$(realpath "$ARTICLE_LSP")" "$work/bin/article-lsp"
cp "$root/seeds/reader-questions.md" "$work/page.md"
cp "$root/seeds/indented-page.txt" "$work/page.txt"
configuration toml Helix > "$work/config/helix/languages.toml"

start() { # start FILE
    terminal -f /dev/null new-session -d -x 160 -y 50 \
        "PATH=$work/bin:$PATH XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache LC_ALL=C.UTF-8 $hx $1"
}
screen() { terminal capture-pane -p; }
press() { terminal send-keys "$@"; }
expect() { # expect WHAT TEXT
    for _ in $(seq 100); do
        if screen | grep -qF -- "$2"; then
            echo "ok - $1"
            return
        fi
        sleep 0.1
    done
    echo "not ok - $1: the screen does not show: $2"
    screen
    exit 1
}

start "$work/page.md"
expect 'opens the page' '职场心桥'
press Space d
expect 'lists the findings' 'broken-paragraph'
press Escape
press Space s
expect 'lists the articles' '专家心解'
press Escape
press ':q!' Enter
for _ in $(seq 50); do terminal has-session 2> /dev/null || break; sleep 0.1; done

start "$work/page.txt"
expect 'opens a text file' '把时间还给课堂'
press Space d
expect 'lists the findings of a text file' 'broken-paragraph'
press Escape
press ':q!' Enter
