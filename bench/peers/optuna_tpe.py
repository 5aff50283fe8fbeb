"""Optuna's TPE with its defaults, by ask and tell, over a space that is read from stdin and evaluated by lines: see protocol.ts.

What needs a gene that is off has that switched on, so no trial is spent on what does not link. What it holds to be the best are
its best trials, the best first."""

import sys
import time

import optuna

ENTRANTS = 16

optuna.logging.set_verbosity(optuna.logging.ERROR)
switches, parameters, needs = [], [], []
for line in sys.stdin:
    word, *rest = line.split()
    if word == "begin":
        break
    if word == "budget":
        budget = int(rest[0])
    elif word == "seed":
        seed = int(rest[0])
    elif word == "switch":
        switches.append(rest[0])
    elif word == "needs":
        needs.append(rest)
    elif word == "parameter":
        parameters.append(rest)


def suggested(trial):
    """A configuration: genes, and the parameters of those that are on."""
    on = {name: trial.suggest_categorical(name, [0, 1]) for name in switches}
    for _ in needs:
        for gene, needed in needs:
            if on[gene]:
                on[needed] = 1
    values = dict(on)
    for name, kind, low, high, scale, *given in parameters:
        if not any(on[gene] for gene in given):
            continue
        if kind == "choice":
            values[name] = trial.suggest_categorical(name, list(range(int(low), int(high) + 1)))
        elif kind == "integer":
            values[name] = trial.suggest_int(name, int(low), int(high), log=scale == "log")
        else:
            values[name] = trial.suggest_float(name, float(low), float(high), log=scale == "log")
    return " ".join(f"{name}={value!r}" for name, value in values.items())


study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
tried = []
for _ in range(budget):
    trial = study.ask()
    asked = suggested(trial)
    print("ask *", asked, flush=True)
    cost = float(sys.stdin.readline())
    study.tell(trial, cost)
    tried.append((cost, asked))
best = list(dict.fromkeys(asked for _, asked in sorted(tried, key=lambda one: one[0])))
for asked in best[:ENTRANTS]:
    print("best", asked)
print("cpu", time.process_time())
