#!/bin/sh
# What durability costs: cold builds of one site with two programs in turns, and how often each waits for the disk.
#
#   benches/durability.sh BEFORE AFTER SITE [ROUNDS]
#
# BEFORE and AFTER are cimaise programs, SITE is a folder (it is not changed: output and cache lie in a temporary folder beside it, on
# the same file system). Needs GNU time, and strace for the counts.
set -eu
[ $# -ge 3 ] || { sed -n '2,7p' "$0"; exit 2; }
before=$(realpath "$1") after=$(realpath "$2") site=$(realpath "$3") rounds=${4:-3}
work=$(mktemp -d "$(dirname "$site")/durability.XXXXXX")
trap 'rm -rf "$work"' EXIT

build() { # NAME PROGRAM [WRAPPER...]
    name=$1 program=$2
    shift 2
    "$@" "$program" build "$site" -q -o "$work/$name" --cache-dir "$work/$name-cache" --skip-video
}

forget() {
    rm -rf "$work/before" "$work/before-cache" "$work/after" "$work/after-cache"
    # What the last build wrote must not be written during the next one.
    sync
}

: >"$work/times"
for round in $(seq "$rounds"); do
    # Who goes first takes turns.
    if [ $((round % 2)) = 1 ]; then order="before after"; else order="after before"; fi
    for name in $order; do
        forget
        case $name in before) program=$before ;; after) program=$after ;; esac
        build "$name" "$program" /usr/bin/time -a -o "$work/times" -f "$name wall %e user %U sys %S"
    done
done
cat "$work/times"
awk '{ n[$1]++; wall[$1, n[$1]] = $3; cpu[$1, n[$1]] = $5 + $7 }
    function median(of, name, i, j, t, c) {
        c = n[name]
        for (i = 1; i <= c; i++) v[i] = of[name, i]
        for (i = 1; i <= c; i++) for (j = i + 1; j <= c; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
        return v[int((c + 1) / 2)]
    }
    END {
        printf "medians: wall %.3f, CPU %.3f of before\n",
            median(wall, "after") / median(wall, "before"), median(cpu, "after") / median(cpu, "before")
    }' "$work/times"

command -v strace >/dev/null || exit 0
forget
for kind in cold warm; do
    build after "$after" strace -f -qq -T -e trace=fsync,fdatasync,syncfs -o "$work/syncs"
    echo "$kind build: $(grep -c 'sync' "$work/syncs" || true) waits for the disk"
    cat "$work/syncs"
done
