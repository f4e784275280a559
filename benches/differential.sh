#!/usr/bin/env bash
# Every JPEG of the folders through our decoder, zune-jpeg and libjpeg-turbo: prints where their samples differ. Fails where
# ours differ from one of the others by more than rounding does. Needs a C compiler and libjpeg-turbo's headers (libjpeg-dev).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
if [ $# -eq 0 ] || [ "$1" = --help ]; then
    echo 'usage: differential.sh FOLDER...' >&2
    exit 2
fi
target=${CARGO_TARGET_DIR:-$root/crates/jpeg/compare/target}
mkdir -p "$target"
cc -O2 -Wall -Wextra -o "$target/libjpeg-planes" "$root/benches/differential.c" -ljpeg
cargo build --quiet --release --manifest-path "$root/crates/jpeg/compare/Cargo.toml" --target-dir "$target" \
    --example differential
exec "$target/release/examples/differential" "$target/libjpeg-planes" "$@"
