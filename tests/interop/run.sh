#!/usr/bin/env bash
# Interop with a SCIM server that is not ours. Needs node and npm; KILLS and KILL_USERS size the kill test.
set -euo pipefail
cd "$(dirname "$0")"
dotnet build ../../host/Provisioning.Host -v q --nologo
npm install --no-audit --no-fund --silent
exec node interop.mjs
