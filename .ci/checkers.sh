# Sourced, after `cd` into the repository. Installs the checking programs for workflows and scripts from PyPI, and puts them first in
# PATH. Sets nothing but PATH. Exits with code 77 if they cannot be installed.
# shellcheck shell=bash
unavailable() { echo "cannot be checked here: $1"; exit 77; }
command -v python3 >/dev/null || unavailable 'there is no python3'
venv=$PWD/target/ci-venv/workflows
# Made again when the list of programs changes.
if ! cmp -s .ci/requirements.txt "$venv/installed"; then
    rm -rf "$venv"
    python3 -m venv "$venv" 2>/dev/null || unavailable 'python3 -m venv does not work; on Debian: apt-get install python3-venv'
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement .ci/requirements.txt ||
        unavailable 'pip could not install the programs in .ci/requirements.txt'
    cp .ci/requirements.txt "$venv/installed"
fi
PATH=$venv/bin:$PATH
