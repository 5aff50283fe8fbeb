#!/bin/sh
# Evaluators as an array of Slurm: BROKER=tls://HOST:4222 sbatch ops/evaluators/slurm.sh, with the keys of `deno task keys`; or
# BROKER=HOST, where ssh to HOST, which runs a broker on its loopback, asks for no password. See docs/evaluators.md.
#SBATCH --job-name=evolve-evaluator
#SBATCH --array=1-16
#SBATCH --cpus-per-task=8
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --signal=B:TERM@120
set -eu

case $BROKER in
*://*) server=$BROKER ;;
*)
  # Tasks may share a node: each has a port of its own there.
  port=$((20000 + SLURM_ARRAY_TASK_ID))
  server="nats://127.0.0.1:$port"
  opened=$(mktemp -d)/opened
  # A tunnel, opened again whenever it is lost. It ends with the task, however Slurm keeps track of processes, and not by SIGTERM,
  # after which the evaluator still replies through it.
  setpriv --pdeathsig KILL /bin/sh -c 'trap "" TERM
    while :; do
      setpriv --pdeathsig KILL ssh "$@"
      sleep 5
    done' tunnel -N -M -S "$opened" -o BatchMode=yes -o ExitOnForwardFailure=yes -o ServerAliveInterval=5 \
    -L "$port:127.0.0.1:4222" "$BROKER" &
  until [ -S "$opened" ]; do sleep 1; done
  ;;
esac
# SIGTERM, before the time is over or by scancel, is for the evaluator: it replies to what it has, and ends with 0.
exec "${EVOLVE:-bin/evolve}" evaluator --server "$server" --concurrency "$SLURM_CPUS_PER_TASK"
