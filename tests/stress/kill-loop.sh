#!/usr/bin/env bash
# Kills hosts at random instants under a mixed load and counts what the target has. Needs node, npm; PostgreSQL for --backend postgres.
# kill-loop.sh [--backend sqlite|postgres] [--nodes N] [--kills N] [--users N] [--minutes M] [--pause MS] [--at-once N]
# Ends with a verdict after --minutes at the latest. With --at-once, so many hosts may be down at the same time.
# NO_BUILD=1 takes the host as it was built, HOST_DLL another one.
set -euo pipefail
cd "$(dirname "$0")"
# The host as it is installed: compiled ahead, it needs a third less of processor time to start, and starting is most of what a kill costs.
[ -n "${NO_BUILD:-}" ] || {
  export HOST_DLL="$PWD/../../host/Provisioning.Host/bin/Release/installed/provisioning.dll"
  dotnet publish ../../host/Provisioning.Host -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o "$(dirname "$HOST_DLL")" -v q --nologo
}
(cd ../interop && npm install --no-audit --no-fund --silent)
exec node kill-loop.mjs "$@"
