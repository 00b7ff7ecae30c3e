# Sourced by the test of each editor. It gets
#
#   $root   the repository
#   $cache  target/editors, where what is installed stays
#   $work   a folder of this run, with article-lsp in bin/ and the pages of seeds/ in pages/
#
# and the functions below. The server is $ARTICLE_LSP, or what `cargo build` makes.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=$root/target/editors
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$cache" "$work/bin" "$work/pages"
[ -z "${ARTICLE_LSP:-}" ] || ARTICLE_LSP=$(realpath "$ARTICLE_LSP")

# Ends the test: what it needs cannot be had.
skip() { # skip WHY
    echo "skipped: $*"
    exit 77
}

# Installs packages of Debian where that is allowed.
debian() { # debian LOG PACKAGE…
    local log=$cache/$1.log
    shift
    [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null \
        && { apt-get -q update && apt-get -qy install --no-install-recommends "$@"; } > "$log" 2>&1
}

# A code block of ../README.md, so that what is tested is what is written there.
configuration() { # configuration LANGUAGE SECTION
    awk -v language="$1" -v section="## $2" '
        /^## / { inside = ($0 == section) }
        inside && $0 == "```" { printing = 0 }
        printing { print }
        inside && $0 == "```" language { printing = 1 }
    ' "$root/editors/README.md"
}

# Called when the editor is there: no server is built for a test that is skipped.
server() {
    if [ -z "${ARTICLE_LSP:-}" ]; then
        cargo build --quiet --locked --manifest-path "$root/Cargo.toml"
        ARTICLE_LSP=$root/target/debug/article-lsp
    fi
    ln -s "$ARTICLE_LSP" "$work/bin/article-lsp"
    cp "$root"/seeds/*.md "$root"/seeds/*.txt "$work/pages"
}
