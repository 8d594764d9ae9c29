# shellcheck shell=bash
# Sourced by the scripts beside it: what they need from the machine, and how they speak.

say() { printf '\n==> %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Installs the Debian packages named, where they are missing; as another user than root it says the one line to run.
# Works offline once they are there. PostgreSQL's package would make and start a cluster of its own: it is told not to.
need_packages() {
    local missing=() package
    for package in "$@"; do
        [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] ||
            missing+=("$package")
    done
    ((${#missing[@]} > 0)) || return 0
    if ((EUID != 0)); then
        die "Packages are missing. Run: sudo apt-get install --yes ${missing[*]}"
    fi
    say "Installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
    apt-get update --quiet=2
    if [[ " ${missing[*]} " == *" postgresql-15 "* ]]; then
        apt-get install --yes --quiet=2 --no-install-recommends postgresql-common >/dev/null
        sed --in-place --regexp-extended 's/^#? *create_main_cluster *=.*/create_main_cluster = false/' \
            /etc/postgresql-common/createcluster.conf
    fi
    apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}" >/dev/null
}

need_swift() {
    command -v swift >/dev/null ||
        die "Swift 6.2 or newer is not on the PATH. Install it from https://www.swift.org/install/linux/ and run this again."
}

# What it takes to build and to run.
need_build_packages() {
    need_packages ca-certificates curl git libpq-dev pkg-config postgresql-15
    need_swift
}

# What the tests need besides.
need_test_packages() {
    need_packages python3 python3-pip python3-venv shellcheck
}
