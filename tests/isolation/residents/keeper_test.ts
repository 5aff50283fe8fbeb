import { assertEquals } from "@std/assert";
import { defaultConfig } from "../../../lib/run/config_defaults.ts";
import { Listing } from "../../../lib/db/listing.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { Keeper } from "../../../lib/isolation/residents/keeper.ts";
import { keptResidents } from "../../../lib/isolation/residents/table.ts";
import { TestRun } from "../../step/_run.ts";
import { madeLimits } from "./made_residents.ts";

const program = new URL("fixtures/program.js", import.meta.url).pathname;

/** What became of one resident, which a script of this text starts. */
interface Tried {
  /** Code of the issue that a step would end with. */
  readonly refused?: string;
  readonly message?: string;
  readonly told: string[];
  /** Restarts, ends in a row, and ends that count against the agent. */
  readonly counted: number[];
  readonly up: number;
}

async function start(script: string): Promise<Tried> {
  await using test = new TestRun().list(1);
  const deno = `${test.paths.workspace}/deno`;
  await Deno.writeTextFile(deno, `#!/bin/sh\n${script}\n`, { mode: 0o700 });
  using listing = Listing.open(test.paths.listing);
  const keeper = await Keeper.open({
    listing,
    folder: test.paths.residents,
    options: defaultConfig.residents,
    limits: madeLimits,
    deno,
    steps: 10,
    seed: "7",
    atOnce: 1,
    signal: new AbortController().signal,
  });
  const wanted = {
    as: "program",
    artifact: "program",
    path: program,
    prove: () => Promise.resolve(undefined),
    fresh: true,
  };
  const issue = await keeper.want(new Map([[test.ids[0]!, wanted]])).then(() => undefined, (error) => {
    if (error instanceof StepFailed) return error.issue;
    throw error;
  });
  const counted = keptResidents(listing).flatMap(({ state: { restarts, history } }) => [
    restarts,
    history.streak,
    history.ends.length,
  ]);
  const up = keeper.up().length;
  await keeper.end();
  keeper.close();
  const told = (await Array.fromAsync(keeper.events)).map(({ type }) => type);
  return { refused: issue?.code, message: issue?.message, told, counted, up };
}

Deno.test("Keeper: a start that ends before the program runs is tried once more, and leaves no trace", async () => {
  const { refused, told, counted, up } = await start(
    `mkdir "$0.tried" 2>&- && exit 3\nexec '${Deno.execPath()}' "$@"`,
  );
  assertEquals({ refused, told, counted, up }, { refused: undefined, told: ["started"], counted: [0, 0, 0], up: 1 });
});

Deno.test("Keeper: a second one is the machine's refusal, with its last words, and counts against no agent", async () => {
  for (const [script, words] of [["echo no luck >&2; exit 3", "no luck"], ["kill -KILL $$", "ended by SIGKILL"]]) {
    const { refused, message, told, counted, up } = await start(script!);
    assertEquals([refused, message!.includes(words!), told, up], ["machine.start", true, [], 0]);
    assertEquals(counted.filter((count) => count !== 0), []);
  }
});

Deno.test("Keeper: what ends after it said that it was ready backs off, and refuses nothing", async () => {
  const { refused, told } = await start("echo ready; exit 3");
  assertEquals({ refused, told }, { refused: undefined, told: ["ended", "ended", "backoff"] });
});
