# Sourced after prepare.sh by the tests of editors that live in a terminal: one of tmux, 200 columns wide.
terminal() { tmux -L "article-lsp-$$" "$@"; }
trap 'terminal kill-server 2> /dev/null || true; rm -rf "$work"' EXIT
command -v tmux > /dev/null || debian tmux tmux || skip 'tmux cannot be installed'

open_terminal() { # open_terminal COMMAND
    terminal -f /dev/null new-session -d -x 200 -y 50 "env PATH=$work/bin:$PATH LC_ALL=C.UTF-8 $1"
}
is_closed() { ! terminal has-session 2> /dev/null; }
screen() { terminal capture-pane -p; }
shows() { screen | grep -qF -- "$1"; }
# One key after the other: Escape and a key in one go are another key.
press() {
    local key
    for key in "$@"; do
        terminal send-keys "$key"
        sleep 0.1
    done
}
saved() { grep -qsF -- "$1" "$work/pages/$2"; } # saved TEXT PAGE
unchanged() { cmp -s "$root/seeds/$1" "$work/pages/$1"; } # unchanged PAGE

until_true() { # until_true WHAT COMMAND…
    local what=$1
    shift
    for _ in $(seq 200); do
        if "$@"; then
            echo "ok - $what"
            return
        fi
        sleep 0.1
    done
    echo "not ok - $what: not within 20 seconds: $*"
    screen
    exit 1
}

# What follows is in the keys that Helix and Kakoune have from vi.
end() {
    press Escape ':q!' Enter
    until_true 'ends' is_closed
}

# After the repair of the first finding in reader-questions.md: it is in the file, and one undo takes it out again.
saves_and_takes_back() {
    until_true 'repairs the page' shows '[+]'
    press ':w' Enter
    until_true 'joins the cut sentence' saved '也更容易听得进去。' reader-questions.md
    press u ':w' Enter
    until_true 'takes it back with one undo' unchanged reader-questions.md
}
