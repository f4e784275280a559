# Sourced by the tests in this folder: a temporary folder in $work, and functions that check the effects of a script.
# shellcheck shell=bash
set -euo pipefail
# shellcheck disable=SC2034 # the tests use it
packaging=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
said='' status=0

# run COMMAND...: what it prints, standard error included, is in $said afterwards, and its exit code in $status.
run() {
    status=0
    said=$("$@" 2>&1) || status=$?
}

wrong() {
    printf '%s: %s\n%s\n' "$(basename "$0")" "$1" "$said" >&2
    exit 1
}
succeeds() { [ "$status" = 0 ] || wrong "$1: exit code $status"; }
fails() { [ "$status" != 0 ] || wrong "$1: should have failed"; }
says() { [[ $said == *"$1"* ]] || wrong "should have said: $1"; }
says_not() { [[ $said != *"$1"* ]] || wrong "should not have said: $1"; }

# stand_in NAME: a program of that name, from standard input, in front of all others.
stand_in() {
    mkdir -p "$work/bin"
    cat >"$work/bin/$1"
    chmod +x "$work/bin/$1"
    PATH=$work/bin:${PATH#"$work/bin:"}
}
