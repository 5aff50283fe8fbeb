# Completions of bin/evolve, made from the flags of the steps by tests/bin/make.ts.
# Put it into ~/.config/fish/completions/.

# Names of the runs of the project that the command is of.
function __evolve_runs
  ls (string replace -r '/bin/evolve$' /runs (readlink -f (command -s evolve))) 2>/dev/null
end

complete -c evolve -f
complete -c evolve -n __fish_use_subcommand -a ablate -d 'Tells what each gene of an agent is worth, and the smallest genome that keeps its score.'
complete -c evolve -n __fish_use_subcommand -a annotate -d 'Makes of records on stdin error lines for GitHub, at most ten, or a table of what failed.'
complete -c evolve -n __fish_use_subcommand -a answers -d 'Gives what the best agent, or one by its id, has found in each episode.'
complete -c evolve -n __fish_use_subcommand -a backup -d 'Writes a backup of the run into a file.'
complete -c evolve -n __fish_use_subcommand -a build -d 'Links, checks, bundles and signs the agents that have changed.'
complete -c evolve -n __fish_use_subcommand -a compare -d 'Compares evolution with random search, drift and others at an equal number of judged episodes.'
complete -c evolve -n __fish_use_subcommand -a controls -d 'Works out what random search with a race finds at the run\'s own budget, in memory.'
complete -c evolve -n __fish_use_subcommand -a doctor -d 'Checks what the run keeps on disk, and repairs what can be repaired from the listing.'
complete -c evolve -n __fish_use_subcommand -a draw -d 'Draws what the best agent did, for the report.'
complete -c evolve -n __fish_use_subcommand -a enable -d 'Makes disabled agents active again.'
complete -c evolve -n __fish_use_subcommand -a evaluator -d 'Evaluates for supervisors that were given the same broker, until Ctrl-C or SIGTERM.'
complete -c evolve -n __fish_use_subcommand -a explain -d 'Tells what became of an agent, and why.'
complete -c evolve -n __fish_use_subcommand -a export -d 'Writes agents, evaluations, cycles, genes and events of the run as tables into a folder.'
complete -c evolve -n __fish_use_subcommand -a hooks -d 'Delivers events to logs/events.ndjson and to the commands, webhooks and modules of the configuration.'
complete -c evolve -n __fish_use_subcommand -a init -d 'Creates agents from the template; run again with a larger count it adds some.'
complete -c evolve -n __fish_use_subcommand -a key -d 'Makes the project\'s signing key where there is none, and tells its fingerprint.'
complete -c evolve -n __fish_use_subcommand -a keys -d 'Makes the keys and the configuration of a broker that evaluators on other machines reach.'
complete -c evolve -n __fish_use_subcommand -a lifecycle -d 'Runs the whole chain of steps, cycle by cycle, and goes on where the last run ended.'
complete -c evolve -n __fish_use_subcommand -a logs -d 'Shows what became of an agent\'s evaluations.'
complete -c evolve -n __fish_use_subcommand -a metrics -d 'Writes the metrics of the run in Prometheus\' text format.'
complete -c evolve -n __fish_use_subcommand -a new -d 'Writes a template to begin with, where nothing is yet.'
complete -c evolve -n __fish_use_subcommand -a race -d 'Names the best genome of a run by a race, and tells what is to be expected of it.'
complete -c evolve -n __fish_use_subcommand -a replay -d 'Replays an evaluation of the best agent, or of one by its id.'
complete -c evolve -n __fish_use_subcommand -a report -d 'Tells how the run has gone: scores, population, genes, lineage, births and time.'
complete -c evolve -n __fish_use_subcommand -a restore -d 'Restores the run from a backup.'
complete -c evolve -n __fish_use_subcommand -a runs -d 'Lists the runs of the project, or removes one.'
complete -c evolve -n __fish_use_subcommand -a scan -d 'Finds agents whose genome or code has changed.'
complete -c evolve -n __fish_use_subcommand -a select -d 'Decides which agents die and which genomes are handed on, and closes the cycle.'
complete -c evolve -n __fish_use_subcommand -a show -d 'Shows the best agent, or one by its id: genes, parameters, source, parents, results.'
complete -c evolve -n __fish_use_subcommand -a start -d 'Creates agents where there are none, runs cycles, and says where the report is.'
complete -c evolve -n __fish_use_subcommand -a status -d 'Shows the state of every agent, alive and dead.'
complete -c evolve -n __fish_use_subcommand -a stop -d 'Ends the lifecycle or the step that is running, and all residents, gently.'
complete -c evolve -n __fish_use_subcommand -a supervise -d 'Runs the agents that are due, each in a process without permissions, and judges them.'
complete -c evolve -n __fish_use_subcommand -a sync-wiring -d 'Makes the wiring of agents follow their genomes.'
complete -c evolve -n __fish_use_subcommand -a try -d 'Evaluates a genome of a template once, without a run, and tells what its genes do.'
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l episodes -d 'Episodes by which it is decided what is left out; all training ones in a world that is not noisy.' -x
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l fertile -d 'Leave the genes of births in, so that the smallest genome can have children.'
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l isolation -d 'How the processes are kept apart from the machine.' -x -a 'process bwrap'
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l margin -d 'How much may be lost at most, in the unit of the score; absent: a twentieth of the genome\'s score.' -x
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l out -d 'Write the smallest genome into a new file, from which init takes it: --from FILE.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l test -d 'Unseen episodes by which effects are judged; all instances to test with in a world that is not noisy.' -x
complete -c evolve -n '__fish_seen_subcommand_from ablate' -l workers -d 'Workers at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from annotate' -l format -d 'Commands to GitHub\'s runner, or a table for the job\'s summary.' -x -a 'github md'
complete -c evolve -n '__fish_seen_subcommand_from annotate' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from annotate' -l root -d 'Folder that files are named relative to, such as the job\'s workspace; absent: no files are named.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from annotate' -l template -d 'Folder of the template, which places in it count from.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from answers' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table csv'
complete -c evolve -n '__fish_seen_subcommand_from answers' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from answers' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from answers' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from answers' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from backup' -F
complete -c evolve -n '__fish_seen_subcommand_from backup' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from backup' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from backup' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from backup' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from backup' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from build' -l dist -d 'Also write a copy of each agent\'s artifact into its folder, as dist/main.js.'
complete -c evolve -n '__fish_seen_subcommand_from build' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from build' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from build' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from build' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from build' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from build' -l stdin -d 'Read records from stdin, one JSON object a line, and handle only their agents.'
complete -c evolve -n '__fish_seen_subcommand_from build' -l workers -d 'Workers at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from compare' -l arms -d 'What evolution is compared with, separated by commas; absent: all that the template can have.' -x
complete -c evolve -n '__fish_seen_subcommand_from compare' -l budget -d 'Judged episodes of each run of an arm: those of its search and of its choice.' -x
complete -c evolve -n '__fish_seen_subcommand_from compare' -l count -d 'Agents of the population; absent: as many as the run has whose template it is, else 100.' -x
complete -c evolve -n '__fish_seen_subcommand_from compare' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table md html'
complete -c evolve -n '__fish_seen_subcommand_from compare' -l from -d 'Run nothing: tell of the comparison whose records are in this file, by --format table, md or html.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from compare' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from compare' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from compare' -l margin -d 'Difference that is worth seeing: tells how many seeds would show it.' -x
complete -c evolve -n '__fish_seen_subcommand_from compare' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from compare' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from compare' -l seeds -d 'Runs of each arm, with the seeds 1, 2, and so on; absent: 20.' -x
complete -c evolve -n '__fish_seen_subcommand_from compare' -l template -d 'Folder of the template; absent: that of the run, where there is none agent_template.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from compare' -l tests -d 'Worlds on which what was chosen is judged; fewer where there are no more instances to test with. Absent: 200.' -x
complete -c evolve -n '__fish_seen_subcommand_from compare' -l workers -d 'Workers at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from controls' -l budget -d 'Judged episodes; absent: as many as the run has spent, those of its last final race among them.' -x
complete -c evolve -n '__fish_seen_subcommand_from controls' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from controls' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from controls' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from controls' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from controls' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from controls' -l workers -d 'Workers at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from doctor' -l check -d 'Report only; exit 1 if anything is wrong.'
complete -c evolve -n '__fish_seen_subcommand_from doctor' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from doctor' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from doctor' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from doctor' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from doctor' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from draw' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from draw' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from draw' -l isolation -d 'How the processes are kept apart from the machine.' -x -a 'process bwrap'
complete -c evolve -n '__fish_seen_subcommand_from draw' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from draw' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from draw' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from enable' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from enable' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from enable' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from enable' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from enable' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from evaluator' -l concurrency -d 'Processes at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from evaluator' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from evaluator' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from evaluator' -l isolation -d 'How agents are kept apart: a process each, with bwrap in namespaces of its own; with wasm an engine each; with shared many to a process.' -x -a 'process bwrap wasm shared'
complete -c evolve -n '__fish_seen_subcommand_from evaluator' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from evaluator' -l name -d 'Its name on the broker, of its own; absent: that of the machine, and some digits.' -x
complete -c evolve -n '__fish_seen_subcommand_from evaluator' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from evaluator' -l server -d 'The broker: nats://127.0.0.1:4222, or with keys tls://HOST:4222; several servers of it separated by commas.' -x
complete -c evolve -n '__fish_seen_subcommand_from explain' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from explain' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from explain' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from explain' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from explain' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from explain' -l since -d 'First cycle to tell of.' -x
complete -c evolve -n '__fish_seen_subcommand_from export' -l format -d 'How the tables are written.' -x -a 'parquet csv ndjson alife'
complete -c evolve -n '__fish_seen_subcommand_from export' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from export' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from export' -l out -d 'The folder to write: there is none yet, or a former export of the same run in the same format.' -x
complete -c evolve -n '__fish_seen_subcommand_from export' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from export' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from export' -l to -d 'Upload them instead, to a store that speaks S3, which AWS_* variables name.' -x
complete -c evolve -n '__fish_seen_subcommand_from hooks' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from hooks' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from hooks' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from hooks' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from hooks' -l retry-dead -d 'Give the events in logs/dead-letters.ndjson to their hooks again.'
complete -c evolve -n '__fish_seen_subcommand_from hooks' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from init' -F
complete -c evolve -n '__fish_seen_subcommand_from init' -l active -d 'Chance that a gene starts active, 1 for all; absent: the one before, at first 0.5.' -x
complete -c evolve -n '__fish_seen_subcommand_from init' -l count -d 'Agents in all; absent: as many as before, at first 100.' -x
complete -c evolve -n '__fish_seen_subcommand_from init' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from init' -l from -d 'Genomes that agents begin with, one each: files, or agents of a run as RUN:ID or RUN:best.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from init' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from init' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from init' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from init' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from init' -l seed -d 'Seed of the run; absent: the recorded one, at first a random one that is printed.' -x
complete -c evolve -n '__fish_seen_subcommand_from init' -l template -d 'Folder of the template; absent: the one before, at first agent_template.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from init' -l workers -d 'Workers at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from key' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from key' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from key' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from key' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from keys' -l days -d 'For how many days a new certificate of the broker holds.' -x
complete -c evolve -n '__fish_seen_subcommand_from keys' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from keys' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from keys' -l host -d 'Names and addresses by which others reach the broker\'s machine: head1,10.0.0.5.' -x
complete -c evolve -n '__fish_seen_subcommand_from keys' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from keys' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from keys' -l renew -d 'Make the broker\'s certificate anew, and leave all else as it is.'
complete -c evolve -n '__fish_seen_subcommand_from keys' -l replace -d 'Make all keys anew: what was copied to other machines before is refused from then on.'
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l concurrency -d 'Agents that are evaluated at once; absent: as supervise has it.' -x
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l controls -d 'Judge beside its winner what random search with a race finds in as many episodes as the run has spent.'
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l cycles -d 'So many cycles more.' -x
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l evaluations -d 'End when the run has had so many evaluations, those of former calls too.' -x
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l evaluators -d 'Have evaluators on other machines evaluate: the broker where they are, nats://HOST:PORT[,…].' -x
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l isolation -d 'How agents are kept apart; absent: a process each.' -x -a 'process bwrap wasm shared'
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l minutes -d 'Minutes from the command\'s start in which it is over: no cycle is begun that would take it beyond.' -x
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l mode -d 'A process for each episode, or residents: one for each agent, which stays until `stop`; absent: episode.' -x -a 'episode resident'
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l no-race -d 'Not: Name the best genome by a final race when it is over.'
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l race -d 'Name the best genome by a final race when it is over.'
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l selection -d 'Strategy for select: truncation-tournament, truncation, tournament, mu-plus-lambda, mu-comma-lambda, one-plus-one, lexicase, map-elites, alps, nsga2, energy, none, or a module in plugins/.' -x
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l sleep -d 'Seconds between two cycles; absent: 0 where anything but Ctrl-C is to end it, else 1.' -x
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l stagnation -d 'End when the run has had no better best for so many cycles.' -x
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l target -d 'End when the best score, or first objective as the world means it, is as good as this.' -x
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l until -d 'Up to this cycle in all.' -x
complete -c evolve -n '__fish_seen_subcommand_from lifecycle' -l workers -d 'Workers at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from logs' -l follow -d 'Go on with new lines, until Ctrl-C or the agent\'s death.'
complete -c evolve -n '__fish_seen_subcommand_from logs' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from logs' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from logs' -l lines -d 'How many of the last lines to show.' -x
complete -c evolve -n '__fish_seen_subcommand_from logs' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from logs' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from logs' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from metrics' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from metrics' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from metrics' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from metrics' -l out -d 'Write them into a file, such as for the textfile collector of the node exporter; absent: to stdout.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from metrics' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from metrics' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from new' -l contract -d 'Only write the contract\'s types into the folder of a template that is there.'
complete -c evolve -n '__fish_seen_subcommand_from new' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from new' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from new' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from new' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from race' -l controls -d 'Judge beside the winner what random search with a race finds in as many episodes as the run has spent.'
complete -c evolve -n '__fish_seen_subcommand_from race' -l entrants -d 'Genomes at most of the living, of agents\' bests, and of the archive, each.' -x
complete -c evolve -n '__fish_seen_subcommand_from race' -l episodes -d 'Episodes for each genome in the race, on average.' -x
complete -c evolve -n '__fish_seen_subcommand_from race' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from race' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from race' -l isolation -d 'How the processes are kept apart from the machine.' -x -a 'process bwrap'
complete -c evolve -n '__fish_seen_subcommand_from race' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from race' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from race' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from race' -l test -d 'Unseen episodes for the winner; all instances to test with in a world that is not noisy.' -x
complete -c evolve -n '__fish_seen_subcommand_from race' -l workers -d 'Workers at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from replay' -l cycle -d 'The cycle in which it was judged; absent: the last one that its score is of.' -x
complete -c evolve -n '__fish_seen_subcommand_from replay' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from replay' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from replay' -l isolation -d 'How the processes are kept apart from the machine.' -x -a 'process bwrap'
complete -c evolve -n '__fish_seen_subcommand_from replay' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from replay' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from replay' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from replay' -l trace -d 'Tell of each step: what was perceived, what each gene did with it, and what that was worth.'
complete -c evolve -n '__fish_seen_subcommand_from replay' -l view -d 'Draw it, by the template\'s view.ts, into a page that plays it, or the last frame into a picture.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from report' -l compare -d 'Compare these runs: groups are those of one configuration.' -x
complete -c evolve -n '__fish_seen_subcommand_from report' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table md html'
complete -c evolve -n '__fish_seen_subcommand_from report' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from report' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from report' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from report' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from report' -l svg -d 'Write each chart as an SVG file, into workspace/reports/charts/.'
complete -c evolve -n '__fish_seen_subcommand_from restore' -F
complete -c evolve -n '__fish_seen_subcommand_from restore' -l force -d 'Take the place of the run that is there, which is moved to workspace/quarantine.'
complete -c evolve -n '__fish_seen_subcommand_from restore' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from restore' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from restore' -l hooks -d 'What becomes of hooks in the backup\'s configuration; absent: it is refused if it has any.' -x -a 'keep drop'
complete -c evolve -n '__fish_seen_subcommand_from restore' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from restore' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from restore' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from runs' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from runs' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from runs' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from runs' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from runs' -l remove -d 'Remove the run of this name with all in its folder, unless it is in use.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from scan' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from scan' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from scan' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from scan' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from scan' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from scan' -l stdin -d 'Read records from stdin, one JSON object a line, and handle only their agents.'
complete -c evolve -n '__fish_seen_subcommand_from scan' -l workers -d 'Workers at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from select' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from select' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from select' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from select' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from select' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from select' -l selection -d 'Strategy: truncation-tournament, truncation, tournament, mu-plus-lambda, mu-comma-lambda, one-plus-one, lexicase, map-elites, alps, nsga2, energy, none, or a module in plugins/; default: as configured.' -x
complete -c evolve -n '__fish_seen_subcommand_from select' -l stdin -d 'Read records from stdin, one JSON object a line, and handle only their agents.'
complete -c evolve -n '__fish_seen_subcommand_from show' -l code -d 'Write one module for a program of your own, into a file, or to stdout: js or ts.' -x -a 'js ts'
complete -c evolve -n '__fish_seen_subcommand_from show' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table md'
complete -c evolve -n '__fish_seen_subcommand_from show' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from show' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from show' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from show' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from start' -F
complete -c evolve -n '__fish_seen_subcommand_from start' -l concurrency -d 'Agents that are evaluated at once; absent: as supervise has it.' -x
complete -c evolve -n '__fish_seen_subcommand_from start' -l controls -d 'Judge beside its winner what random search with a race finds in as many episodes as the run has spent.'
complete -c evolve -n '__fish_seen_subcommand_from start' -l count -d 'Agents to have; absent: 100 where there are none, else as many as there are.' -x
complete -c evolve -n '__fish_seen_subcommand_from start' -l cycles -d 'Cycles to run; absent: 10 where nothing else is to end it.' -x
complete -c evolve -n '__fish_seen_subcommand_from start' -l evaluations -d 'End when the run has had so many evaluations, those of former calls too.' -x
complete -c evolve -n '__fish_seen_subcommand_from start' -l evaluators -d 'Have evaluators on other machines evaluate: the broker where they are, nats://HOST:PORT[,…].' -x
complete -c evolve -n '__fish_seen_subcommand_from start' -l format -d 'How records are written; absent: table.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from start' -l from -d 'Genomes that agents begin with, as init takes them.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from start' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from start' -l isolation -d 'How agents are kept apart; absent: a process each. With shared they share a process: five times as fast.' -x -a 'process bwrap wasm shared'
complete -c evolve -n '__fish_seen_subcommand_from start' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from start' -l minutes -d 'Minutes from the command\'s start in which it is over: no cycle is begun that would take it beyond.' -x
complete -c evolve -n '__fish_seen_subcommand_from start' -l no-race -d 'Not: Name the best genome by a final race when it is over.'
complete -c evolve -n '__fish_seen_subcommand_from start' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from start' -l race -d 'Name the best genome by a final race when it is over.'
complete -c evolve -n '__fish_seen_subcommand_from start' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from start' -l seed -d 'Seed of the run where there are no agents yet; absent: a random one.' -x
complete -c evolve -n '__fish_seen_subcommand_from start' -l stagnation -d 'End when the run has had no better best for so many cycles.' -x
complete -c evolve -n '__fish_seen_subcommand_from start' -l target -d 'End when the best score, or first objective as the world means it, is as good as this.' -x
complete -c evolve -n '__fish_seen_subcommand_from start' -l template -d 'Folder of the template; absent: the one before, at first agent_template.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from start' -l workers -d 'Workers at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from status' -l alive -d 'Only what is not dead.'
complete -c evolve -n '__fish_seen_subcommand_from status' -l evaluators -d 'Tell of the evaluators at this broker instead: nats://HOST:PORT[,…]; on other machines with keys.' -x
complete -c evolve -n '__fish_seen_subcommand_from status' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from status' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from status' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from status' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from status' -l residents -d 'Tell of residents\' processes as well, which a table does anyway.'
complete -c evolve -n '__fish_seen_subcommand_from status' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from status' -l sort -d 'Order by best, score, the objective\'s name, energy, age …; KEY:asc, KEY:desc.' -x
complete -c evolve -n '__fish_seen_subcommand_from status' -l stdin -d 'Read records from stdin, one JSON object a line, and handle only their agents.'
complete -c evolve -n '__fish_seen_subcommand_from status' -l top -d 'Only so many, best first unless --sort says otherwise.' -x
complete -c evolve -n '__fish_seen_subcommand_from status' -l where -d 'Only what is so: \'status=active,generation>3\'; with = != < <= > >=.' -x
complete -c evolve -n '__fish_seen_subcommand_from stop' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from stop' -l grace-period -d 'Seconds after which it is ended by force.' -x
complete -c evolve -n '__fish_seen_subcommand_from stop' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from stop' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from stop' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from stop' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from stop' -l stdin -d 'Read records from stdin, one JSON object a line, and handle only their agents.'
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l concurrency -d 'Processes at once; absent: as many as workers.' -x
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l evaluators -d 'Have evaluators on other machines evaluate: the broker where they are, nats://HOST:PORT[,…].' -x
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l isolation -d 'How agents are kept apart: a process each, with bwrap in namespaces of its own; with wasm an engine each; with shared many to a process.' -x -a 'process bwrap wasm shared'
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l mode -d 'A process for each episode, or residents: one for each agent, kept until `stop`.' -x -a 'episode resident'
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l once -d 'With --mode resident: serve what is due, and leave the residents running.'
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l stdin -d 'Read records from stdin, one JSON object a line, and handle only their agents.'
complete -c evolve -n '__fish_seen_subcommand_from supervise' -l workers -d 'Workers at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from sync-wiring' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table'
complete -c evolve -n '__fish_seen_subcommand_from sync-wiring' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from sync-wiring' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from sync-wiring' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from sync-wiring' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from sync-wiring' -l stdin -d 'Read records from stdin, one JSON object a line, and handle only their agents.'
complete -c evolve -n '__fish_seen_subcommand_from sync-wiring' -l workers -d 'Workers at once; absent: one for each core.' -x
complete -c evolve -n '__fish_seen_subcommand_from try' -l environment -d 'Environment of the world; absent: the configured one, else the first.' -x
complete -c evolve -n '__fish_seen_subcommand_from try' -l format -d 'How records are written; absent: a table on a terminal, ndjson elsewhere.' -x -a 'ndjson json table md'
complete -c evolve -n '__fish_seen_subcommand_from try' -l genome -d 'all genes with default parameters, none, an agent of the run by its id or best, or a file: a genome.bin, or what show --format json gives; a file\'s name has a dot or a slash in it.' -x -a 'all none'
complete -c evolve -n '__fish_seen_subcommand_from try' -l help -d 'Print help information and exit.'
complete -c evolve -n '__fish_seen_subcommand_from try' -l instance -d 'Play this instance alone.' -x
complete -c evolve -n '__fish_seen_subcommand_from try' -l isolation -d 'How the agent is kept apart.' -x -a 'process bwrap'
complete -c evolve -n '__fish_seen_subcommand_from try' -l log-level -d 'Least grave lines of the log to write.' -x -a 'debug info warn error'
complete -c evolve -n '__fish_seen_subcommand_from try' -l quiet -d 'Show nothing but records and errors.'
complete -c evolve -n '__fish_seen_subcommand_from try' -l run -d 'Work on the run of this name, in runs/NAME.' -x -a '(__evolve_runs)'
complete -c evolve -n '__fish_seen_subcommand_from try' -l seed -d 'Seed of all random numbers: the worlds are those of the first cycle of a run with this seed.' -x
complete -c evolve -n '__fish_seen_subcommand_from try' -l template -d 'Folder of the template; absent: that of the run, where there is none agent_template.' -r -F
complete -c evolve -n '__fish_seen_subcommand_from try' -l test -d 'Play all instances to test with, and tell means with 95 % intervals.'
complete -c evolve -n '__fish_seen_subcommand_from try' -l trace -d 'Tell each step: perceptions, votes, signals, actions, rewards, and the time of each gene.'
complete -c evolve -n '__fish_seen_subcommand_from try' -l workers -d 'Workers at once; absent: one for each core.' -x
