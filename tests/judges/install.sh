#!/bin/sh
# Programs that are not ours, for tests/judges. Installs what it may and what is missing, else says which tests will skip.
# Python's and npm's go into a cache outside the repository: $TRUEZERO_JUDGES, else truezero/judges in the user's cache.
# Always ends well: a test that lacks its judge skips and says so.
set -u
cd "$(dirname "$0")" || exit 0
place=${TRUEZERO_JUDGES:-${XDG_CACHE_HOME:-${HOME:-.}/.cache}/truezero/judges}
case $place in /*) ;; *) echo "No home and no TRUEZERO_JUDGES: no place for judges" && exit 0 ;; esac

here() { command -v "$1" >/dev/null 2>&1; }

debian() { # PROGRAM PACKAGE: the package where the program is missing
    here "$1" && return
    if [ "$(id -u)" = 0 ] && here apt-get; then
        [ -n "${updated:-}" ] || apt-get update -qq >/dev/null 2>&1
        updated=yes
        echo "Installing $2"
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null 2>&1
    fi
    here "$1" || echo "No $1: its tests will skip. Debian: apt-get install $2"
}

python() { # the first that can make an environment
    for one in "${PYTHON:-python3}" python3.12 python3.11 python3.13 "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.1[123].*/bin/python3; do
        "$one" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$one" && return
    done
    return 1
}

made_of() { [ "$(cat "$place/$1.made" 2>/dev/null)" = "$(sha256sum <"$2")" ]; } # is the environment that of this file?

pypi() {
    found=$(python) && rm -f "$place/python.made" && "$found" -m venv --clear "$place/python" &&
        timeout 600 "$place/python/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements.txt &&
        sha256sum <requirements.txt >"$place/python.made"
}

npm_packages() { # no scripts of packages: the one that is needed makes a program executable
    rm -rf "$place/node" "$place/node.made" && mkdir -p "$place/node" && cp package.json "$place/node/" &&
        (cd "$place/node" && timeout 600 npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts) &&
        chmod -f u+x "$place"/node/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
    [ -d "$place/node/node_modules/@sigstore/verify" ] && sha256sum <package.json >"$place/node.made"
}

debian openssl openssl
debian certtool gnutls-bin
debian javac default-jdk-headless
debian jq jq
debian unzip unzip
debian softhsm2-util softhsm2
debian node nodejs
debian npm npm
mkdir -p "$place"
made_of python requirements.txt || pypi >"$place/python.log" 2>&1 || echo "No judges of PyPI: their tests will skip. See $place/python.log"
made_of node package.json || npm_packages >"$place/node.log" 2>&1 || echo "No judges of npm: their tests will skip. See $place/node.log"
exit 0
