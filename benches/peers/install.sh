# shellcheck shell=bash
# Installs what is measured into the folder $work, from the package indexes of Python and npm. Sourced by run.sh and engine.sh.

work=${work:?}

install_recitale() {
    local recitale=recitale==2.0.0b2 others=(Babel 'jinja2>=2.9' pycryptodomex 'ruamel.yaml<0.18.0' tqdm)
    if [ ! -x "$work/pillow/bin/recitale" ]; then
        echo 'installing récitale with Pillow' >&2
        python3 -m venv "$work/pillow"
        "$work/pillow/bin/pip" install --quiet "$recitale"
    fi
    if [ ! -x "$work/simd/bin/recitale" ]; then
        echo 'installing récitale with Pillow-SIMD (compiles; needs libjpeg-dev, zlib1g-dev and AVX2)' >&2
        python3 -m venv "$work/simd"
        "$work/simd/bin/pip" install --quiet --upgrade 'setuptools>=77' wheel pybind11
        CC='cc -mavx2' "$work/simd/bin/pip" install --quiet --no-build-isolation pillow-simd
        "$work/simd/bin/pip" install --quiet "${others[@]}"
        "$work/simd/bin/pip" install --quiet --no-deps "$recitale"
    fi
    if [ ! -x "$work/blog/bin/python" ]; then
        python3 -m venv "$work/blog"
        "$work/blog/bin/pip" install --quiet Pillow numpy PyYAML
    fi
}

install_vips_and_sharp() {
    if [ ! -x "$work/vips/bin/python" ]; then
        echo 'installing libvips for Python' >&2
        python3 -m venv "$work/vips"
        "$work/vips/bin/pip" install --quiet 'pyvips[binary]'
    fi
    if [ ! -d "$work/sharp/node_modules/sharp" ]; then
        echo 'installing sharp' >&2
        mkdir -p "$work/sharp"
        (cd "$work/sharp" && npm init --yes >/dev/null && npm install --silent sharp)
    fi
}

# need PACKAGE PROGRAM...: says what Debian package to install where a program is missing.
need() {
    local package=$1 program
    shift
    for program in "$@"; do
        command -v "$program" >/dev/null || { echo "$program is missing: apt-get install $package" >&2; exit 2; }
    done
}
