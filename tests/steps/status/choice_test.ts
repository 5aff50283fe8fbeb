import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { bestOfLiving } from "../../../lib/db/estimates.ts";
import { Listing } from "../../../lib/db/listing.ts";
import { stepCommand } from "../../../lib/step/command.ts";
import { type Asked, choiceOf } from "../../../lib/steps/status/choice.ts";
import { type PeopleRow, queryForPeople } from "../../../lib/steps/status/rows.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { onTerminal, pipeline, run, TestRun } from "../../step/_run.ts";

/** A run of a template that minimises `makespan`, whose agents have the scores -30, -10, -20, none, and -5 of one that is dead. */
async function judged(): Promise<TestRun> {
  const test = new TestRun();
  const { code, err } = await run(
    pipeline("init", "--run", test.name, "--count", "5", "--template", "examples/job-shop"),
  );
  assertEquals(code, 0, err);
  using listing = Listing.open(test.paths.listing);
  test.ids.push(...listing.all<{ id: string }>("SELECT id FROM agents ORDER BY ordinal").map(({ id }) => id));
  const scores = [-30, -10, -20, null, -5];
  for (const [ordinal, score] of scores.entries()) {
    listing.run(
      `UPDATE agents SET score = ?1, scored_genome_hash = iif(?1 IS NULL, NULL, genome_hash), generation = ?2, energy = 7 - ?2
        WHERE ordinal = ?2`,
      score,
      ordinal,
    );
  }
  listing.run("UPDATE agents SET status = 'dead', reason = 'x', died = 1 WHERE ordinal = 4");
  listing.run("UPDATE agents SET status = 'disabled', reason = 'x' WHERE ordinal = 3");
  return test;
}

Deno.test("status shows the agents that are asked for, in the order that is asked for", async (t) => {
  await using test = await judged();
  const status = (...flags: string[]) => run(pipeline("status", "--run", test.name, ...flags));
  const whole = await status();
  const all = whole.records.at(-1)!;
  const name = ({ objective }: Record<string, unknown>) => (objective as { name: string }).name;
  const objective = name(whole.records[0]!);

  await t.step("by one flag or several, and records are as ever", async () => {
    const { records, err } = await status("--where", "generation>0", "--sort", "score:asc", "--top", "3");
    assertEquals(records.slice(0, -1), [2, 1, 4].map((i) => whole.records[i]!));
    const { counts, digest } = records.at(-1)!;
    assertEquals([counts, digest], [{ ...(all.counts as object), shown: 3 }, all.digest], err);
    const none = await status("--where", "last=crash");
    assertEquals([none.code, none.records.length], [0, 1]);
    assertStringIncludes(none.err, "none of 5 agents is asked for");
    const bad = await status("--where", "generaton>3");
    assertEquals([bad.code, bad.err.trim().split("\n").length], [2, 1]);
    assertStringIncludes(
      bad.err,
      'Cannot use "generaton" for --where as agents have nothing of this name; the nearest',
    );
  });

  using listing = Listing.open(test.paths.listing, { readOnly: true });
  const rows = listing.all<PeopleRow>(queryForPeople);
  const living = bestOfLiving(listing);
  const declared = { name: objective, sense: "minimise" } as const;

  await t.step("whatever the flags are", () => {
    const cases: [Asked, number[]][] = [
      [{ alive: true }, [0, 1, 2, 3]],
      [{ top: 2 }, [1, 2]],
      [{ top: 9 }, [1, 2, 0, 3, 4]],
      [{ sort: "score" }, [4, 1, 2, 0, 3]],
      [{ sort: "score:asc" }, [0, 2, 1, 4, 3]],
      [{ sort: objective }, [4, 1, 2, 0, 3]],
      [{ sort: `${objective}:desc` }, [0, 2, 1, 4, 3]],
      [{ sort: "energy", top: 2 }, [0, 1]],
      [{ sort: "generation:asc", alive: true }, [0, 1, 2, 3]],
      [{ sort: "best:desc", alive: true, top: 3 }, [0, 2, 1]],
      [{ sort: "status" }, [0, 1, 2, 4, 3]],
      [{ where: "status=active" }, [0, 1, 2]],
      [{ where: "status=active, generation>0" }, [1, 2]],
      [{ where: "status = dead|disabled" }, [3, 4]],
      [{ where: "status!=dead" }, [0, 1, 2, 3]],
      [{ where: `${objective}<=20` }, [1, 2, 4]],
      [{ where: "score=none" }, [3]],
      [{ where: "score!=none,score>=-20" }, [1, 2, 4]],
      [{ where: `id=${test.ids[2]!.slice(0, 10).toUpperCase()}` }, [2]],
    ];
    for (const [asked, wanted] of cases) {
      const { takes, ordered } = choiceOf(asked, living, declared);
      assertEquals(ordered(rows.filter(takes)).map(({ id }) => test.ids.indexOf(id)), wanted, JSON.stringify(asked));
    }
  });

  await t.step("what can't be used gets one message with the nearest that can", () => {
    const cases: [Asked, string][] = [
      [{ where: "status=actve" }, "nearest valid one is active"],
      [{ where: "zzzzzzzzzzz=1" }, "valid are id, status, generation"],
      [{ where: "status<dead" }, "can be = or != alone"],
      [{ where: "generation=many" }, "must be a number"],
      [{ where: "generation>" }, "must be a number"],
      [{ where: "generation>none" }, "none is no number"],
      [{ where: "" }, "each condition must be"],
      [{ where: "generation>1," }, "each condition must be"],
      [{ where: "generation ~ 1" }, "each condition must be"],
      [{ where: "__proto__=1" }, "agents have nothing of this name"],
      [{ sort: "enrgy" }, "nearest valid one is energy"],
      [{ sort: "bset" }, "nearest valid one is best"],
      [{ sort: "score:up" }, "must be asc or desc"],
    ];
    for (const [asked, wanted] of cases) {
      const { message } = assertThrows(() => choiceOf(asked, living, declared), Misuse);
      assertStringIncludes(message, wanted);
    }
  });

  await t.step("on a terminal the living, best first, in 80 columns; all where a format is asked for", async () => {
    const screen = async (...flags: string[]) => {
      const terminal = onTerminal([...stepCommand("status"), "--run", test.name, ...flags]);
      await terminal.saw(/in [0-9.]+ s\./);
      terminal.close();
      return (await terminal.ended).out.split(/\r?\n/);
    };
    const lines = await screen();
    const at = lines.findIndex((line) => /^id +status +generation/.test(line));
    assertStringIncludes(lines[at]!, objective);
    assertEquals(
      lines.slice(at + 1, at + 5).map((line) => line.split(/ +/)[0]),
      [1, 2, 0, 3].map((i) => test.ids[i]!.slice(0, 8)),
    );
    assert(lines.slice(at, at + 5).every((line) => line.length <= 80), lines.join("\n"));
    assert(!lines.some((line) => line.startsWith(test.ids[4]!.slice(0, 8))));
    const dead = await screen("--where", "status=dead");
    assert(dead.some((line) => line.startsWith(test.ids[4]!.slice(0, 8))), dead.join("\n"));
    assert((await screen("--format", "table")).some((line) => line.startsWith(test.ids[4]!)));
  });
});
