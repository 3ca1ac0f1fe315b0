#!/bin/sh
# Makes .venv, the one Python environment that checks and runs every generated system, from the hashed lock.
# Does nothing (in milliseconds) when .venv was made from the lock as it is. `--uv-only` stops after uv itself.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
python_folder=$root/pipeline/generate/python
lock=$python_folder/requirements.lock
stamp=$root/.venv/.made-from

fingerprint=$(cat "$lock" 2>/dev/null | sha256sum | cut -c1-64)
if [ "${1:-}" != --uv-only ] && [ -x "$root/.venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$fingerprint" ]; then
  exit 0
fi

mkdir -p "$root/.cache"
# Two set-ups at once would write into one environment; the second waits and then finds the work done.
if [ "${PYTHON_ENV_LOCKED:-}" != 1 ] && command -v flock >/dev/null 2>&1; then
  PYTHON_ENV_LOCKED=1 exec flock "$root/.cache/python-env.lock" "$0" "$@"
fi

# Nothing may depend on the caller's home: it may be empty, missing or read-only.
export UV_CACHE_DIR="$root/.cache/uv-packages" UV_PYTHON_DOWNLOADS=never UV_NO_CONFIG=1 UV_NO_PROGRESS=1
export PIP_CACHE_DIR="$root/.cache/pip" PIP_DISABLE_PIP_VERSION_CHECK=1

python=
for candidate in "${PYTHON:-python3}" python3.11 python3.12 python3.13 python3.14; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "Python 3.11 or newer is needed. On Debian: sudo apt-get install -y python3 python3-venv" >&2
  exit 1
fi

uv=$root/.cache/uv/bin/uv
if ! "$uv" --version 2>/dev/null | grep -qF "$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' "$python_folder/uv-tool.lock") "; then
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    # Debian ships venv in a package of its own.
    if [ "$(id -u)" = 0 ]; then apt-get install -y --no-install-recommends python3-venv >&2
    elif sudo -n true 2>/dev/null; then sudo -n apt-get install -y --no-install-recommends python3-venv >&2
    else
      echo "Python's venv module is missing. Run: sudo apt-get install -y python3-venv" >&2
      exit 1
    fi
  fi
  rm -rf "$root/.cache/uv"
  "$python" -m venv "$root/.cache/uv"
  "$root/.cache/uv/bin/python" -m pip install --quiet --require-hashes --only-binary :all: -r "$python_folder/uv-tool.lock"
fi
[ "${1:-}" != --uv-only ] || exit 0

if ! "$root/.venv/bin/python" -c '' 2>/dev/null; then
  "$uv" venv --quiet --clear --python "$python" "$root/.venv"
fi
rm -f "$stamp"
"$uv" pip sync --quiet --require-hashes --compile-bytecode --python "$root/.venv/bin/python" "$lock"
printf '%s\n' "$fingerprint" > "$stamp"
