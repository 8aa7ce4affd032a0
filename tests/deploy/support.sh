# What the checks of this folder share. Sourced by `run`, which sets $repo and $program.

# What is made once and kept: base images, packages. Safe to delete.
cache=${CAREER_GUIDE_TEST_CACHE:-$HOME/.cache/career-guide-tests}
mkdir -p "$cache"
# What goes away with this run.
scratch=$(mktemp -d "${TMPDIR:-/var/tmp}/career-guide-deploy.XXXXXX")
# Servers that run as somebody else read here as well.
chmod 711 "$scratch"
started=()

# shellcheck disable=SC2329  # called by a trap
clean_up() {
    local status=$? pid
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    if mountpoint --quiet "$scratch/disk"; then umount "$scratch/disk"; fi
    if declare -F engine_clean_up >/dev/null; then engine_clean_up; fi
    rm -rf "$scratch"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

passed=0
passes() {
    passed=$((passed + 1))
    printf '  passes: %s\n' "$*"
}

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

# needs COMMAND=PACKAGE...: installs those Debian packages whose commands are missing.
needs() {
    local pair missing=()
    for pair; do
        PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
    done
    ((${#missing[@]})) || return 0
    echo "Installing ${missing[*]}"
    apt-get -o DPkg::Lock::Timeout=300 update -qq
    # None of them is to start by itself.
    env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -o DPkg::Lock::Timeout=300 \
        install -y -qq --no-install-recommends "${missing[@]}" >"$scratch/apt.log" 2>&1 ||
        { cat "$scratch/apt.log" >&2; fail "${missing[*]} cannot be installed"; }
}

# python_tools PACKAGE==VERSION...: in an environment of their own.
python_tools() {
    needs python3=python3
    python3 -c 'import ensurepip' 2>/dev/null || needs no-such-command=python3-venv
    local venv=$cache/python
    [[ -x $venv/bin/pip ]] || python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"
    PATH=$venv/bin:$PATH
}

# background NAME COMMAND...: runs it until the checks end; its output is in $scratch/NAME.log.
background() {
    local name=$1
    shift
    "$@" >"$scratch/$name.log" 2>&1 &
    pid=$!
    started+=("$pid")
}

# status URL [CURL OPTION...]: the status alone, 000 when nobody answers.
status() {
    curl --silent --output /dev/null --max-time 10 --write-out '%{http_code}' "$@" || true
}

# answers URL: waits until it answers 200.
answers() {
    local tries
    for ((tries = 0; tries < 150; tries++)); do
        [[ $(status "$1") == 200 ]] && return
        sleep 0.1
    done
    tail -n 20 "$scratch"/*.log >&2
    fail "$1 does not answer"
}
