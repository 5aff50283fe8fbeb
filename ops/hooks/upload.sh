#!/bin/sh
# An example of a hook: uploads a file of the run by PUT, such as the report of the last cycle.
#
#   "hooks": [{ "on": ["cycle.finished"],
#               "command": ["sh", "ops/hooks/upload.sh", "workspace/reports/report.html"] }]
#
# The address is a secret: it is in the variable EVOLVE_UPLOAD_URL, and given to curl where no list of processes shows it.
set -eu
cat > /dev/null # The event says no more than that it is time.
[ -f "$1" ] || exit 0 # There is no report before the first cycle has closed.
printf 'url = "%s"\n' "${EVOLVE_UPLOAD_URL:?is not set}" |
  curl --config - --fail --silent --show-error --max-time 60 --upload-file "$1" --output /dev/null
