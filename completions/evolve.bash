# shellcheck shell=bash disable=SC2207
# Completions of bin/evolve, made from the flags of the steps by tests/bin/make.ts.
# Source it in ~/.bashrc.

# Names of the runs of the project that the command is of, and no others: compgen expands what it is given.
_evolve_runs() {
  local at run
  at=$(readlink -f "$(type -P evolve)") || return
  for run in "${at%/bin/evolve}"/runs/*; do
    run=${run##*/}
    [[ ! $run =~ ^[A-Za-z0-9_-][A-Za-z0-9._-]*$ ]] || echo "$run"
  done
}

_evolve() {
  local word=${COMP_WORDS[COMP_CWORD]} words=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '--help ablate annotate answers backup build compare controls doctor draw enable evaluator explain export hooks init key keys lifecycle logs metrics new race replay report restore runs scan select show start status stop supervise sync-wiring try' -- "$word"))
    return
  fi
  # Where nothing is offered, bash offers files.
  case "${COMP_WORDS[1]} ${COMP_WORDS[COMP_CWORD - 1]}" in
  "ablate --episodes" | "ablate --margin" | "ablate --test" | "ablate --workers" | "build --workers" | "compare --arms" | "compare --budget" | "compare --count" | "compare --margin" | "compare --seeds" | "compare --tests" | "compare --workers" | "controls --budget" | "controls --workers" | "evaluator --concurrency" | "evaluator --name" | "evaluator --server" | "explain --since" | "export --out" | "export --to" | "init --active" | "init --count" | "init --seed" | "init --workers" | "keys --days" | "keys --host" | "lifecycle --concurrency" | "lifecycle --cycles" | "lifecycle --evaluations" | "lifecycle --evaluators" | "lifecycle --minutes" | "lifecycle --selection" | "lifecycle --sleep" | "lifecycle --stagnation" | "lifecycle --target" | "lifecycle --until" | "lifecycle --workers" | "logs --lines" | "race --entrants" | "race --episodes" | "race --test" | "race --workers" | "replay --cycle" | "report --compare" | "scan --workers" | "select --selection" | "start --concurrency" | "start --count" | "start --cycles" | "start --evaluations" | "start --evaluators" | "start --minutes" | "start --seed" | "start --stagnation" | "start --target" | "start --workers" | "status --evaluators" | "status --sort" | "status --top" | "status --where" | "stop --grace-period" | "supervise --concurrency" | "supervise --evaluators" | "supervise --workers" | "sync-wiring --workers" | "try --environment" | "try --instance" | "try --seed" | "try --workers")
    compopt +o default 2>/dev/null; return
    ;;
  "ablate --format" | "backup --format" | "build --format" | "controls --format" | "doctor --format" | "draw --format" | "enable --format" | "evaluator --format" | "explain --format" | "hooks --format" | "init --format" | "key --format" | "keys --format" | "lifecycle --format" | "logs --format" | "metrics --format" | "new --format" | "race --format" | "replay --format" | "restore --format" | "runs --format" | "scan --format" | "select --format" | "start --format" | "status --format" | "stop --format" | "supervise --format" | "sync-wiring --format")
    COMPREPLY=($(compgen -W 'ndjson json table' -- "$word")); return
    ;;
  "ablate --isolation" | "draw --isolation" | "race --isolation" | "replay --isolation" | "try --isolation")
    COMPREPLY=($(compgen -W 'process bwrap' -- "$word")); return
    ;;
  "ablate --log-level" | "answers --log-level" | "backup --log-level" | "build --log-level" | "compare --log-level" | "controls --log-level" | "doctor --log-level" | "draw --log-level" | "enable --log-level" | "evaluator --log-level" | "explain --log-level" | "export --log-level" | "hooks --log-level" | "init --log-level" | "key --log-level" | "keys --log-level" | "lifecycle --log-level" | "logs --log-level" | "metrics --log-level" | "new --log-level" | "race --log-level" | "replay --log-level" | "report --log-level" | "restore --log-level" | "runs --log-level" | "scan --log-level" | "select --log-level" | "show --log-level" | "start --log-level" | "status --log-level" | "stop --log-level" | "supervise --log-level" | "sync-wiring --log-level" | "try --log-level")
    COMPREPLY=($(compgen -W 'debug info warn error' -- "$word")); return
    ;;
  "ablate --out" | "annotate --root" | "annotate --template" | "compare --from" | "compare --template" | "init --from" | "init --template" | "metrics --out" | "replay --view" | "start --from" | "start --template" | "try --template")
    return
    ;;
  "ablate --run" | "answers --run" | "backup --run" | "build --run" | "compare --run" | "controls --run" | "doctor --run" | "draw --run" | "enable --run" | "explain --run" | "export --run" | "hooks --run" | "init --run" | "lifecycle --run" | "logs --run" | "metrics --run" | "race --run" | "replay --run" | "report --run" | "restore --run" | "runs --remove" | "scan --run" | "select --run" | "show --run" | "start --run" | "status --run" | "stop --run" | "supervise --run" | "sync-wiring --run" | "try --run")
    COMPREPLY=($(compgen -W "$(_evolve_runs)" -- "$word")); return
    ;;
  "annotate --format")
    COMPREPLY=($(compgen -W 'github md' -- "$word")); return
    ;;
  "answers --format")
    COMPREPLY=($(compgen -W 'ndjson json table csv' -- "$word")); return
    ;;
  "compare --format" | "report --format")
    COMPREPLY=($(compgen -W 'ndjson json table md html' -- "$word")); return
    ;;
  "evaluator --isolation" | "lifecycle --isolation" | "start --isolation" | "supervise --isolation")
    COMPREPLY=($(compgen -W 'process bwrap wasm shared' -- "$word")); return
    ;;
  "export --format")
    COMPREPLY=($(compgen -W 'parquet csv ndjson alife' -- "$word")); return
    ;;
  "lifecycle --mode" | "supervise --mode")
    COMPREPLY=($(compgen -W 'episode resident' -- "$word")); return
    ;;
  "restore --hooks")
    COMPREPLY=($(compgen -W 'keep drop' -- "$word")); return
    ;;
  "show --code")
    COMPREPLY=($(compgen -W 'js ts' -- "$word")); return
    ;;
  "show --format" | "try --format")
    COMPREPLY=($(compgen -W 'ndjson json table md' -- "$word")); return
    ;;
  "try --genome")
    COMPREPLY=($(compgen -W 'all none' -- "$word")); return
    ;;
  esac
  case ${COMP_WORDS[1]} in
  ablate) words='--episodes --fertile --format --help --isolation --log-level --margin --out --quiet --run --test --workers' ;;
  annotate) words='--format --help --root --template' ;;
  answers) words='--format --help --log-level --quiet --run' ;;
  backup) words='--format --help --log-level --quiet --run' ;;
  build) words='--dist --format --help --log-level --quiet --run --stdin --workers' ;;
  compare) words='--arms --budget --count --format --from --help --log-level --margin --quiet --run --seeds --template --tests --workers' ;;
  controls) words='--budget --format --help --log-level --quiet --run --workers' ;;
  doctor) words='--check --format --help --log-level --quiet --run' ;;
  draw) words='--format --help --isolation --log-level --quiet --run' ;;
  enable) words='--format --help --log-level --quiet --run' ;;
  evaluator) words='--concurrency --format --help --isolation --log-level --name --quiet --server' ;;
  explain) words='--format --help --log-level --quiet --run --since' ;;
  export) words='--format --help --log-level --out --quiet --run --to' ;;
  hooks) words='--format --help --log-level --quiet --retry-dead --run' ;;
  init) words='--active --count --format --from --help --log-level --quiet --run --seed --template --workers' ;;
  key) words='--format --help --log-level --quiet' ;;
  keys) words='--days --format --help --host --log-level --quiet --renew --replace' ;;
  lifecycle) words='--concurrency --controls --cycles --evaluations --evaluators --format --help --isolation --log-level --minutes --mode --no-race --quiet --race --run --selection --sleep --stagnation --target --until --workers' ;;
  logs) words='--follow --format --help --lines --log-level --quiet --run' ;;
  metrics) words='--format --help --log-level --out --quiet --run' ;;
  new) words='--contract --format --help --log-level --quiet' ;;
  race) words='--controls --entrants --episodes --format --help --isolation --log-level --quiet --run --test --workers' ;;
  replay) words='--cycle --format --help --isolation --log-level --quiet --run --trace --view' ;;
  report) words='--compare --format --help --log-level --quiet --run --svg' ;;
  restore) words='--force --format --help --hooks --log-level --quiet --run' ;;
  runs) words='--format --help --log-level --quiet --remove' ;;
  scan) words='--format --help --log-level --quiet --run --stdin --workers' ;;
  select) words='--format --help --log-level --quiet --run --selection --stdin' ;;
  show) words='--code --format --help --log-level --quiet --run' ;;
  start) words='--concurrency --controls --count --cycles --evaluations --evaluators --format --from --help --isolation --log-level --minutes --no-race --quiet --race --run --seed --stagnation --target --template --workers' ;;
  status) words='--alive --evaluators --format --help --log-level --quiet --residents --run --sort --stdin --top --where' ;;
  stop) words='--format --grace-period --help --log-level --quiet --run --stdin' ;;
  supervise) words='--concurrency --evaluators --format --help --isolation --log-level --mode --once --quiet --run --stdin --workers' ;;
  sync-wiring) words='--format --help --log-level --quiet --run --stdin --workers' ;;
  try) words='--environment --format --genome --help --instance --isolation --log-level --quiet --run --seed --template --test --trace --workers' ;;
  esac
  [[ $word != -* ]] || COMPREPLY=($(compgen -W "$words" -- "$word"))
}

complete -o default -F _evolve evolve
