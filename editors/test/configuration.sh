# Sourced: `configuration LANGUAGE SECTION` prints the code block of that language in that section of ../README.md, so
# that what is tested is what is written there.
configuration() {
    awk -v language="$1" -v section="## $2" '
        /^## / { inside = ($0 == section) }
        inside && $0 == "```" { printing = 0 }
        printing { print }
        inside && $0 == "```" language { printing = 1 }
    ' "$(dirname "${BASH_SOURCE[0]}")/../README.md"
}
