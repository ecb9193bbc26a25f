#!/usr/bin/env bash
# Kills hosts at random instants under a mixed load and counts what the target has. Needs node, npm; PostgreSQL for --backend postgres.
# kill-loop.sh [--backend sqlite|postgres] [--nodes N] [--kills N] [--users N] [--minutes M] [--pause MS]
# Ends with a verdict after --minutes at the latest. NO_BUILD=1 takes the host as it is, HOST_DLL another one.
set -euo pipefail
cd "$(dirname "$0")"
[ -n "${NO_BUILD:-}" ] || dotnet build ../../host/Provisioning.Host -c Release -v q --nologo
(cd ../interop && npm install --no-audit --no-fund --silent)
exec node kill-loop.mjs "$@"
