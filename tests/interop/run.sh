#!/usr/bin/env bash
# Interop with SCIM servers that are not ours. Needs node and npm; KILLS and KILL_USERS size the kill test.
set -uo pipefail
cd "$(dirname "$0")"
dotnet build ../../host/Provisioning.Host -v q --nologo || exit 1
dotnet build Kit -v q --nologo || exit 1
npm install --no-audit --no-fund --silent || exit 1
status=0
node kit.mjs || status=1
node interop.mjs || status=1
exit $status
