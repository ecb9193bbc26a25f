#!/usr/bin/env bash
# The Google connector and the fake server of its tests, judged by Google's published description of the Directory API.
# usage: run.sh admin.directory_v1.json. Needs node and npm.
set -euo pipefail
description=$(realpath "$1")
cd "$(dirname "$0")"
npm install --no-audit --no-fund --silent
mkdir -p obj
node describe.mjs "$description" obj/directory.json
export GOOGLE_CONTRACT="$PWD/obj/directory.json" PRISM="$PWD/node_modules/.bin/prism"
cd ../..
exec dotnet test --project tests/Provisioning.Connectors.Google.Tests --filter-class Provisioning.Connectors.Google.Tests.When_the_published_description_judges
