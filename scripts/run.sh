#!/usr/bin/env bash
# Runs a main file with what .env says, where there is one; the environment goes before it.
set -euo pipefail
if [ -f .env ]; then exec node --env-file=.env "$@"; fi
exec node "$@"
