#!/bin/sh
# requirements/venv.sh FOLDER [PYTHON]: an environment in FOLDER with the pinned packages and this checkout, editable.
# PYTHON defaults to the first Python 3.11, 3.12 or 3.13 found on the path or among the versions of pyenv.
set -eu
cd "$(dirname "$0")/.."
folder=$1

fits() { # can this interpreter make the environment?
    "$1" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

find_python() { # the one asked for, else the first that fits
    if [ $# -gt 0 ]; then
        set -- "$1"
    else
        set -- python3 python3.12 python3.11 python3.13 python "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.1[123].*/bin/python3
    fi
    for candidate in "$@"; do
        if command -v "$candidate" >/dev/null 2>&1 && fits "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "TrueZero needs Python 3.11, 3.12 or 3.13 with its venv module. Tried: $*" >&2
    echo "Debian, Ubuntu: apt-get install python3-venv. Others: install one and run make PYTHON=<that python>." >&2
    return 1
}

if ! fits "$folder/bin/python"; then
    python=$(find_python ${2:+"$2"})
    echo "Making $folder with $("$python" --version)"
    "$python" -m venv --clear "$folder"
fi
version=$("$folder/bin/python" -c 'import sys; print("%d%d" % sys.version_info[:2])')
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check -r "requirements/py$version.txt"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
