#!/usr/bin/env bash
# Makes this checkout ready; quick when it is already.
#   scripts/setup.sh run    what the demo needs: .venv with requirements/run.lock
#   scripts/setup.sh dev    what the checks need: .venv with requirements/dev.lock
#   scripts/setup.sh test   the same, and PostgreSQL, Chromium and a Chinese font for the tests
set -euo pipefail
cd "$(dirname "$0")/.."

APT="apt-get install -y --no-install-recommends"
VENV_PYTHON=.venv/bin/python

say() { printf '%s\n' "$*" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }
may_use_apt() { [ "$(id -u)" = 0 ] && has apt-get; }

apt_updated=no
apt_install() { # packages...; true if they are there afterwards
    say "Installing from Debian: $*"
    if [ "$apt_updated" = no ]; then
        apt-get update -qq </dev/null >/dev/null || say "apt-get update failed; trying with the lists there are."
        apt_updated=yes
    fi
    DEBIAN_FRONTEND=noninteractive $APT -qq "$@" </dev/null >/dev/null
}

line_to_type() { # packages...
    if [ "$(id -u)" = 0 ]; then say "    $APT $*"; else say "    sudo $APT $*"; fi
}

can_make_venv() { # python
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() { # prints the first Python >= 3.11 that can make a virtual environment
    local python
    for python in ${PYTHON:-} python3 python3.11 python3.12 python3.13 /usr/bin/python3; do
        if has "$python" && can_make_venv "$python"; then
            command -v "$python"
            return
        fi
    done
    return 1
}

python_or_stop() {
    find_python && return
    if may_use_apt && apt_install python3-venv && find_python; then return; fi
    say "Python 3.11 or newer with venv is missing. Type this, then try again:"
    line_to_type python3 python3-venv
    exit 1
}

make_venv() {
    "$VENV_PYTHON" -c 'import pip' 2>/dev/null && return
    local python
    python=$(python_or_stop)
    say "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
}

key_of() { # lock: changes with the lock, the project's metadata, its place, or its Python
    { cat "$1" pyproject.toml && pwd && readlink -f "$VENV_PYTHON"; } | sha256sum | cut -d' ' -f1
}

is_ready() { # name of the lock
    [ -x "$VENV_PYTHON" ] && [ "$(cat ".venv/.ready-$1" 2>/dev/null)" = "$(key_of "requirements/$1.lock")" ]
}

pip_install() {
    PIP_USER=0 "$VENV_PYTHON" -m pip install --quiet --quiet --disable-pip-version-check --no-input "$@" || {
        say "Installing the Python packages failed; the lines above say why. Try again when it is mended."
        exit 1
    }
}

install_lock() { # name of the lock
    is_ready "$1" && return
    make_venv
    say "Installing the Python packages of requirements/$1.lock (a minute or so the first time)"
    pip_install --require-hashes --only-binary=:all: -r "requirements/$1.lock"
    pip_install --no-build-isolation --no-deps --editable .
    key_of "requirements/$1.lock" >".venv/.ready-$1"
}

has_postgresql() { has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_chinese_font() { has fc-list && [ -n "$(fc-list :lang=zh-cn family)" ]; }

keep_debian_from_starting_a_server() { # the tests start their own
    local conf=/etc/postgresql-common/createcluster.conf
    [ -e "$conf" ] && return
    mkdir -p "${conf%/*}"
    echo 'create_main_cluster = false' >"$conf"
}

install_parts() {
    local missing=()
    has_postgresql || missing+=(postgresql)
    has chromium || missing+=(chromium)
    has_chinese_font || missing+=(fonts-noto-cjk)
    [ ${#missing[@]} = 0 ] && return
    if may_use_apt; then
        keep_debian_from_starting_a_server
        apt_install "${missing[@]}" && return
    fi
    say "Missing: ${missing[*]}. The tests that need them are skipped (under CI=true they fail)."
    say "To have them all, type:"
    line_to_type "${missing[@]}"
}

exec 9<. && { ! has flock || flock 9; } # one set-up of this checkout at a time
case "${1:-}" in
run) is_ready dev || install_lock run ;;
dev) install_lock dev ;;
test)
    install_lock dev
    install_parts
    ;;
*) say "usage: scripts/setup.sh run|dev|test" && exit 2 ;;
esac
