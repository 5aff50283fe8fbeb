#!/bin/sh
# An example of a hook: sends each event as an e-mail by the machine's own sendmail.
#
#   "hooks": [{ "on": ["agent.disabled"], "command": ["sh", "ops/hooks/mail.sh", "me@example.org"] }]
#
# Commands are started in the run's folder: give the whole path for a run with a name.
set -eu
to=$1
event=$(cat)
type=$(printf '%s' "$event" | sed 's/.*"type":"\([a-z.]*\)".*/\1/')
{
  printf 'To: %s\nSubject: Evolution: %s\n' "$to" "$type"
  printf 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n'
  printf '%s\n' "$event" | fold -s -w 900
} | ${SENDMAIL:-/usr/sbin/sendmail} -t
