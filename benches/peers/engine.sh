#!/usr/bin/env bash
# One photo to five progressive JPEGs with cimaise and with other programs; prints a Markdown table. See README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$here/work

photos='' source='' largest='' rounds=5 threads=1 only='' target=${CARGO_TARGET_DIR:-$root/target}
usage() {
    cat <<'USAGE'
usage: engine.sh (--source FOLDER | PHOTO...) [options]
  PHOTO...         measure these photos, together
  --source FOLDER  make the photo of 24 megapixels out of FOLDER, and measure that
  --largest        with --source: measure the 20 largest photographs of FOLDER instead
  --rounds N       how often each tool does the job (5)
  --threads N      1: all pinned to one core (default); more: each tool's own setting, wall time counts
  --only WORD,...  only tools whose name contains one of these words, besides cimaise
USAGE
}
while [ $# -gt 0 ]; do
    case $1 in
        --source) source=$2; shift 2 ;;
        --largest) largest=1; shift ;;
        --rounds) rounds=$2; shift 2 ;;
        --threads) threads=$2; shift 2 ;;
        --only) only=$2; shift 2 ;;
        -h | --help) usage; exit 0 ;;
        -*) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
        *) break ;;
    esac
done
if [ -z "$source" ] && [ $# -eq 0 ]; then usage >&2; exit 2; fi

mkdir -p "$work"
# shellcheck source=benches/peers/install.sh
source "$here/install.sh"
need graphicsmagick gm
need libvips-tools vipsthumbnail
need libjpeg-turbo-progs djpeg cjpeg
need nodejs node npm
install_recitale
install_vips_and_sharp

# The library's program is a benchmark, whose file has a hash in its name: cargo tells it.
cargo=(cargo --color never)
"${cargo[@]}" build --release --locked --manifest-path "$root/Cargo.toml" --target-dir "$target"
engine=$("${cargo[@]}" bench --no-run --locked --bench engine --manifest-path "$root/Cargo.toml" --target-dir "$target" 2>&1 |
    sed -n 's/.*Executable.*(\(.*\))$/\1/p')
[[ $engine = /* ]] || engine=$root/$engine

photos=("$@")
if [ -n "$source" ]; then
    "$work/simd/bin/python" "$here/engine/photos.py" "$source" "$work/engine"
    photos=("$work/engine/24mp.jpg")
    if [ -n "$largest" ]; then photos=("$work"/engine/largest/*.jpg); fi
fi
exec "$work/simd/bin/python" "$here/engine/compare.py" --work "$work" --engine "$engine" --cimaise "$target/release/cimaise" \
    --rounds "$rounds" --threads "$threads" --only "$only" "${photos[@]}"
