#!/usr/bin/env bash
# Overlapping requests for the same people under faults of hosts, database and targets, judged at the target. Needs python3; PostgreSQL for --backend postgres.
# overlap-loop.sh --host-dir DIR [--backend sqlite|postgres] [--quick] [--scenario NAME] ...; --help says all. Ends with a line 'ok …' or 'not ok …'.
set -euo pipefail
exec nice -n "${NICE:-5}" python3 -B "$(dirname "$0")/overlap" "$@"
