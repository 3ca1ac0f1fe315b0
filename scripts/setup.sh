#!/usr/bin/env bash
# Makes the project ready: `setup.sh start` for running it, `setup.sh test` for its tests too.
# Idempotent; under two seconds when nothing is missing. Shows what it does and how long it took.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
purpose=${1:-start}

say() { printf 'setup: %s\n' "$*" >&2; }

# Runs a command whose output is shown only when it fails.
step() {
  local title=$1 before log
  shift
  log=$(mktemp)
  before=$(date +%s)
  say "$title ..."
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    say "$title failed; what went wrong stands above"
    exit 1
  fi
  rm -f "$log"
  say "$title took $(($(date +%s) - before)) s"
}

missing_packages() {
  local wanted=()
  command -v git >/dev/null || wanted+=(git)
  python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || wanted+=(python3 python3-venv)
  if [ "$purpose" = test ]; then
    command -v chromium >/dev/null || wanted+=(chromium)
    command -v redis-server >/dev/null || wanted+=(redis-server)
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || wanted+=(postgresql)
    command -v curl >/dev/null || wanted+=(curl)
  fi
  echo "${wanted[*]:-}"
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  $1 apt-get update -qq
  # The distribution's own database cluster is not needed: tests make theirs.
  $1 apt-get install -y -qq --no-install-recommends ${packages[*]}
}

read -r -a packages <<<"$(missing_packages)"
if [ ${#packages[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then step "installing ${packages[*]}" install_packages ""
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then step "installing ${packages[*]}" install_packages "sudo -n"
  else
    say "these packages are missing and need root: ${packages[*]}"
    say "run: sudo apt-get install -y --no-install-recommends ${packages[*]}"
    exit 1
  fi
fi

fingerprint=$(cat package.json package-lock.json | sha256sum | cut -c1-64)
if [ "$(cat node_modules/.made-from 2>/dev/null || true)" != "$fingerprint" ]; then
  # Not `npm ci`: it demands that the lock names the binaries of every platform, also of those that nobody here runs.
  step "installing the Node packages" npm install --no-save --no-audit --no-fund --loglevel=error
  echo "$fingerprint" >node_modules/.made-from
fi

# The script itself knows in milliseconds whether there is anything to do.
if [ ! -x .venv/bin/python ] || [ "$(cat .venv/.made-from 2>/dev/null || true)" != "$(sha256sum <pipeline/generate/python/requirements.lock | cut -c1-64)" ]; then
  step "making the Python environment" sh scripts/python-env.sh
fi
