import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Listing } from "../../../lib/db/listing.ts";
import { agentKey } from "../../../lib/db/agent_key.ts";
import { die, disable, disableAgain, reactivate } from "../../../lib/db/transitions/status.ts";
import type { Status } from "../../../lib/records/status.ts";

const issue = { code: "test.reason", message: "It is a test." };

async function listing(): Promise<Listing> {
  const made = Listing.open(`${await Deno.makeTempDir()}/listing.db`, { create: true });
  made.setMeta("pool", "P");
  made.run(
    `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, genome_hash, code_hash, reach,
        energy) VALUES (0, 'a', 'active', 'init', 'adult', 0, 0, 'G', 'C', 'R', 1)`,
  );
  return made;
}

interface Agent {
  status: Status;
  code: string | null;
  reason: string | null;
  disabled_cycle: number | null;
  disabled_key: string | null;
  died: number | null;
  crashes: number;
  backoff_until_cycle: number;
}

function agent(listing: Listing): Agent {
  return listing.get<Agent>(
    "SELECT status, code, reason, disabled_cycle, disabled_key, died, crashes, backoff_until_cycle FROM agents",
  )!;
}

function events(listing: Listing): string[] {
  return listing.all<{ type: string }>("SELECT type FROM events ORDER BY id").map(({ type }) => type);
}

function told(listing: Listing): unknown[] {
  return listing.all<{ data: string }>("SELECT data FROM events ORDER BY id").map(({ data }) => JSON.parse(data));
}

Deno.test("disable() records why, when and as what", async () => {
  using made = await listing();
  assertEquals(disable(made, "a", 4, issue), true);
  assertEquals(agent(made), {
    status: "disabled",
    code: "test.reason",
    reason: "It is a test.",
    disabled_cycle: 4,
    disabled_key: agentKey("G", "R"),
    died: null,
    crashes: 0,
    backoff_until_cycle: 0,
  });
  assertEquals(disable(made, "a", 5, { code: "other", message: "Other." }), false);
  assertEquals(agent(made).code, "test.reason");
  assertEquals(events(made), ["agent.disabled"]);
  assertEquals(told(made), [{ code: "test.reason", reason: "It is a test." }]);
});

Deno.test("reactivate() forgets the reason and the crashes", async () => {
  using made = await listing();
  assertEquals(reactivate(made, "a", 1, "enabled"), false);
  made.run("UPDATE agents SET crashes = 3, backoff_until_cycle = 9");
  disable(made, "a", 1, issue);
  assertEquals(reactivate(made, "a", 2, "enabled"), true);
  const { status, code, disabled_key, crashes, backoff_until_cycle } = agent(made);
  assertEquals([status, code, disabled_key, crashes, backoff_until_cycle], ["active", null, null, 0, 0]);
  assertEquals(events(made), ["agent.disabled", "agent.changed"]);
  assertEquals(told(made)[1], { trigger: "enabled", status: "active", before: "G", genomeHash: "G", codeHash: "C" });
});

Deno.test("the states only ever change along the allowed ways, each with one event", async () => {
  const moves = {
    disable: (made: Listing) => disable(made, "a", 1, issue),
    disableAgain: (made: Listing) => disableAgain(made, "a", 1, issue, "key"),
    reactivate: (made: Listing) => reactivate(made, "a", 1, "repaired"),
    die: (made: Listing) => die(made, "a", 1, issue),
  };
  const ways: Record<keyof typeof moves, Partial<Record<Status, Status>>> = {
    disable: { active: "disabled" },
    disableAgain: { disabled: "disabled" },
    reactivate: { disabled: "active" },
    die: { active: "dead", disabled: "dead" },
  };
  const names = Object.keys(moves) as (keyof typeof moves)[];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...names), { maxLength: 12 }), async (chosen) => {
      using made = await listing();
      let status: Status = "active";
      let moved = 0;
      for (const name of chosen) {
        const next: Status | undefined = ways[name][status];
        assertEquals(moves[name](made), next !== undefined);
        status = next ?? status;
        if (next) moved++;
        assertEquals(agent(made).status, status);
        assertEquals(agent(made).code === null, status === "active");
        assertEquals(agent(made).died, status === "dead" ? 1 : null);
        assertEquals(events(made).length, moved);
      }
    }),
    { numRuns: 40 },
  );
});
