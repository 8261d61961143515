# Sourced by run, test and check: everything a fresh Debian or Ubuntu lacks, and nothing twice.
# Says all it says on stderr, so that what the program prints stays clean.
# shellcheck shell=bash

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
venv=$root/.venv
python=$venv/bin/python

say() { printf '%s\n' "$@" >&2; }

# The surroundings are at fault: the same exit code as the program's own.
give_up() { say "$@"; exit 4; }

# --- system packages ---------------------------------------------------------------------------

# Names (older|newer) listed for any of the given sections that are not installed; one dpkg-query for all.
missing_packages() {
    local wanted installed name
    wanted=$(awk -v sections=" $* " 'index(sections, " " $1 " ") { print $2 }' "$root/packaging/system-packages.txt")
    # shellcheck disable=SC2086
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' ${wanted//|/ } 2>/dev/null || true)
    for name in $wanted; do
        grep -qxE "installed ($name)" <<<"$installed" || printf '%s\n' "$name"
    done
}

install_packages() {
    local as_root=() names=() name
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            give_up "缺少系统软件包，而当前用户无权安装。请管理员运行下面的命令，然后重试：" \
                "System packages are missing and this user may not install them. Ask an administrator to run this, then try again:" \
                "    apt-get update && apt-get install -y --no-install-recommends ${*%%|*}"
        fi
        as_root=(sudo)
        [ -t 0 ] || as_root+=(-n)  # nobody there to type a password
    fi
    say "正在安装系统软件包（只此一次）：${*%%|*}" "Installing system packages (once): ${*%%|*}"
    as_root+=(env DEBIAN_FRONTEND=noninteractive)
    # A source that cannot be reached may not matter; whether the packages arrive decides.
    "${as_root[@]}" apt-get update -qq >&2 || true
    for name in "$@"; do
        # apt does not know a|b: the newer name where there is one.
        if apt-cache show "${name##*|}" >/dev/null 2>&1; then names+=("${name##*|}"); else names+=("${name%%|*}"); fi
    done
    "${as_root[@]}" apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "${names[@]}" >&2 ||
        give_up "系统软件包没有装上：无权安装，或软件源连不上。原因见上。可由管理员运行下面的命令后重试：" \
            "The system packages were not installed: no right to, or the package source was not reached; see above. An administrator may run this, then try again:" \
            "    apt-get update && apt-get install -y --no-install-recommends ${names[*]}"
}

# --- the virtual environment -------------------------------------------------------------------

# The first Python the lock serves that can make a virtual environment (Debian splits ensurepip off).
# Run, not looked at: a name on the PATH may be a version manager's empty shim.
find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
        "$name" -c 'import sys, venv, ensurepip; print(sys.executable); sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
            2>/dev/null && return
    done
    return 1
}

# What the environment was made from: the lock, the Python behind it, and the place (scripts in it hold paths).
stamp() { printf '1 %s\n%s\n%s\n' "$(sha256sum <"$root/packaging/requirements.txt")" "$(readlink -e "$python")" "$root"; }

is_ready() { [ -x "$python" ] && [ "$(cat "$venv/stamp" 2>/dev/null)" = "$(stamp)" ]; }

# Built from nothing and stamped last, so that one cut off half way is simply built again.
build() {
    local base=$1 quiet=()
    [ -t 2 ] || quiet=(--quiet --quiet)  # no bars in a log, and no remarks either; faults are still told
    say "正在准备运行环境（只此一次，约需下载 160 MB）……" "Preparing the environment (once; about 160 MB to download) ..."
    rm -rf "$venv"
    if ! "$base" -m venv "$venv" >&2 ||
        ! "$python" -m pip install "${quiet[@]}" --disable-pip-version-check --require-hashes --no-deps --only-binary :all: \
            -r "$root/packaging/requirements.txt" >&2; then
        give_up "运行环境没有装好，原因见上；排除后重新运行即可，会从头再装。" \
            "The environment could not be prepared, see above; run the same command again once that is mended, it starts afresh."
    fi
    # The program itself is not installed: it is found where it is checked out.
    printf '%s\n' "$root" >"$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/villagedesk.pth"
    printf '#!/bin/sh\nexec "%s" -P -m villagedesk "$@"\n' "$python" >"$venv/bin/villagedesk"
    chmod +x "$venv/bin/villagedesk"
    stamp >"$venv/stamp"
}

# prepare SECTION…: system packages of these sections, then the environment. Quick when all is there.
prepare() {
    local lacking base
    if command -v dpkg-query >/dev/null; then
        is_ready || find_python >/dev/null || set -- "$@" python
        lacking=$(missing_packages "$@")
        # shellcheck disable=SC2086
        [ -z "$lacking" ] || install_packages $lacking
    fi
    is_ready && return

    [ -w "$root" ] || give_up "当前用户不能写入 $root，无法准备运行环境。" "This user may not write to $root, so the environment cannot be prepared."
    base=$(find_python) || give_up "没有找到可用的 Python 3.11、3.12 或 3.13（须带 venv）。" "No usable Python 3.11, 3.12 or 3.13 (with venv) was found."
    exec 9<"$root/packaging/requirements.txt" && flock 9  # two started at once: one builds, the other waits
    is_ready || build "$base"
    exec 9<&-
}
