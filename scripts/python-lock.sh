#!/bin/sh
# Compiles the two lock files from pipeline/generate/python/pyproject.toml: everything (requirements.lock) and what a
# generated system needs to run (runtime.lock). With --upgrade, to the newest versions; else what is pinned stays.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/scripts/python-env.sh" --uv-only
uv=$root/.cache/uv/bin/uv
cd "$root/pipeline/generate/python"
compile() {
  "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
    --no-emit-index-url --no-emit-find-links "$@"
}
compile ${1:+"$1"} --group dev pyproject.toml -o requirements.lock
compile --constraint requirements.lock pyproject.toml -o runtime.lock
