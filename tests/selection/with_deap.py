"""What DEAP makes of the points and cases on stdin, as JSON."""

import json
import random
import sys
import warnings

from deap import base, creator, tools
from deap.tools._hypervolume import pyhv

warnings.simplefilter("ignore")
random.seed(1)
given = json.load(sys.stdin)


def individuals(rows):
    weights = (1.0,) * len(rows[0])
    creator.create("Fitness", base.Fitness, weights=weights)
    creator.create("Individual", list, fitness=creator.Fitness)
    made = []
    for number, values in enumerate(rows):
        one = creator.Individual([number])
        one.fitness.values = values
        made.append(one)
    return made


def sorted_fronts(rows):
    made = individuals(rows)
    fronts = tools.sortNondominated(made, len(made))
    for front in fronts:
        front.sort(key=lambda one: one[0])
        tools.emo.assignCrowdingDist(front)
    return [[[one[0], min(one.fitness.crowding_dist, 1e9)] for one in front] for front in fronts]


def counts(rows, select, times):
    found = [0] * len(rows)
    for one in select(individuals(rows), times):
        found[one[0]] += 1
    return found


json.dump(
    {
        "fronts": [sorted_fronts(rows) for rows in given["points"]],
        "volumes": [pyhv.hypervolume([[-x for x in row] for row in rows], [0.0] * len(rows[0])) for rows in given["positive"]],
        "lexicase": [counts(rows, tools.selLexicase, given["times"]) for rows in given["cases"]],
        "tournament": counts(
            [[float(i)] for i in range(100)], lambda made, k: tools.selTournament(made, k, 4), given["times"]
        ),
    },
    sys.stdout,
)
