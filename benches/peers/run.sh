#!/usr/bin/env bash
# Builds one photo blog with cimaise and with récitale (Pillow, Pillow-SIMD) and prints a table. See README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$here/work

blog_script='' site='' galleries=3 photos=60 rounds=3 jobs='2 1' cimaise='' src='' first='' as_it_is=''
usage() {
    cat <<'USAGE'
usage: run.sh (--blog-script FILE | --site DIR) [options]
  --blog-script FILE  script that makes the site: --out DIR --galleries N --photos N
  --site DIR          take this site instead
  --first N           only the first N galleries of it
  --galleries N       galleries to make (3)
  --photos N          photos to make (60)
  --photo-source DIR  folder of source photos for the blog script (its own default)
  --rounds N          how often each tool builds each way (3)
  --jobs 'N M'        numbers of parallel jobs to measure ('2 1')
  --as-it-is          leave full-screen pictures what they are (see README.md)
  --cimaise FILE      the binary to measure (built here with --release)
USAGE
}
while [ $# -gt 0 ]; do
    case $1 in
        --blog-script) blog_script=$2; shift 2 ;;
        --site) site=$2; shift 2 ;;
        --galleries) galleries=$2; shift 2 ;;
        --photos) photos=$2; shift 2 ;;
        --photo-source) src=$2; shift 2 ;;
        --rounds) rounds=$2; shift 2 ;;
        --jobs) jobs=$2; shift 2 ;;
        --cimaise) cimaise=$2; shift 2 ;;
        --first) first=$2; shift 2 ;;
        --as-it-is) as_it_is=--as-it-is; shift ;;
        -h | --help) usage; exit 0 ;;
        *) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
    esac
done
if [ -z "$blog_script$site" ]; then usage >&2; exit 2; fi

# The tools.
mkdir -p "$work"
# shellcheck source=benches/peers/install.sh
source "$here/install.sh"
install_recitale
if [ -z "$cimaise" ]; then
    cargo build --release --locked --manifest-path "$root/Cargo.toml" --target-dir "$root/target"
    cimaise=$root/target/release/cimaise
fi

# The site. A run that was cut off goes on where it stopped.
if [ -z "$site" ]; then
    site=$work/site-$galleries-$photos
    "$work/blog/bin/python" "$blog_script" --out "$site" --galleries "$galleries" --photos "$photos" \
        --jobs "$(nproc)" ${src:+--src "$src"} >&2
fi

# shellcheck disable=SC2086  # a list of numbers, and an option that may be missing
exec "$work/blog/bin/python" "$here/compare.py" --site "$site" --work "$work" --cimaise "$cimaise" \
    --rounds "$rounds" ${first:+--first "$first"} $as_it_is --jobs $jobs
