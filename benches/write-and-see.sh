#!/bin/sh
# All figures of `cimaise serve`, from a clean clone: how long an author waits, whether pages arrive complete beside idle and stalled
# connections, and whether the preview equals a build after 200 random changes.
#
#   benches/write-and-see.sh [SITE]
#
# SITE takes the place of the site of 1,400 photos that benches/live.mjs makes. Needs what CONTRIBUTING.md lists for development, and
# ffmpeg, Node.js and Chromium (CHROMIUM names another one). Takes about 25 minutes on two cores, and 8 GB below TMPDIR. The exit code is
# 1 if a figure is above its limit.
set -u
cd "$(dirname "$0")/.." || exit 1
cargo build --release --locked || exit 1
[ -d tests/browser/node_modules ] || npm ci --prefix tests/browser || exit 1
program=target/release/cimaise
failed=0
show() {
    echo "== $*"
    "$@" || failed=1
}
show node benches/live.mjs "$program" "$@"
show python3 benches/serve.py "$program"
show python3 benches/live.py "$program" example
exit "$failed"
