/**
 * Whatever may happen to a broker, evaluators and a supervisor, at many drawn moments; `deno task test:cluster` runs it.
 *
 * `--rounds N` says how many, `--seed HEX` which; a round that fails is played again by its number: `--only N`.
 *
 * @module
 */

import { sha256 } from "../../lib/util/hash.ts";
import { failures, slowFailures } from "./_failures.ts";
import { drawnRounds, playAll } from "./_rounds.ts";

const value = (flag: string) => Deno.args.includes(flag) ? Deno.args[Deno.args.indexOf(flag) + 1] : undefined;
const count = Number(value("--rounds") ?? 200);
const seed = (await sha256(value("--seed") ?? "1")).slice(0, 32);
const only = value("--only") === undefined ? undefined : Number(value("--only"));

const names = [...Object.keys(failures), ...Object.keys(slowFailures)];

Deno.test(`${count} rounds`, (t) => playAll(t, drawnRounds(count, seed, names), only));
