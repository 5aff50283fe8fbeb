/**
 * Attacks on what agents run as: artifacts that are planted, swapped or signed by somebody else before they are started.
 *
 * @module
 */

import { Listing } from "../../lib/db/listing.ts";
import { putStatement } from "../../lib/db/signed_statements.ts";
import { buildPolicy } from "../../lib/toolchain/policy.ts";
import { readFacts } from "../../lib/steps/supervise/run_facts.ts";
import { loadVerifier, type Statement } from "../../lib/signing/sign.ts";
import { Artifacts } from "../../lib/toolchain/artifacts.ts";
import { MadeRun } from "../steps/supervise/made_run.ts";
import { type Attack, type Observed, stops } from "./attack.ts";

/** One agent whose artifact is built, signed and due. */
export interface Victim {
  readonly id: string;
  readonly genome: string;
  /** The key of what it is built as, and where its artifact lies while it is run. */
  readonly artifact: string;
  readonly path: string;
}

/** What a tamperer can reach. */
export interface Workplace {
  readonly victim: Victim;
  /** Another agent, whose artifact is as validly signed. */
  readonly other: Victim;
  readonly listing: Listing;
  readonly run: MadeRun;
  /** The statement that is signed for the victim. */
  readonly statement: Statement & { readonly signature: string };
}

/** An attack on the store. */
export interface Tampering {
  readonly goal: string;
  readonly way: string;
  readonly tamper: (place: Workplace) => Promise<void> | void;
  /** Code of the issue that it must meet, or `cut anew`: what was planted is not what is run. */
  readonly by: string;
}

const all: Tampering[] = [];

/** An attack on the store, tried on the proof before a start and on `supervise`. */
export function tampering(attack: Tampering): Attack {
  const index = all.push(attack) - 1;
  const { goal, way, by } = attack;
  const seen = async (which: "proved" | "evaluated") => (await (day ??= evaluate()))[index]![which];
  return {
    goal,
    way,
    alone: { signature: { ...stops(by), run: () => seen("proved") } },
    shipped: { ...stops(by), run: () => seen("evaluated") },
  };
}

interface Ends {
  readonly proved: Observed;
  readonly evaluated: Observed;
}

let day: Promise<Ends[]> | undefined;

/** One run in which each victim has a neighbour that nobody touches. */
async function evaluate(): Promise<Ends[]> {
  const run = await MadeRun.make(all.flatMap(() => ["honest", "honest"] as const));
  const ends: Observed[] = [];
  {
    using listing = Listing.open(run.paths.listing);
    const victims = listing.all<Omit<Victim, "path">>(
      "SELECT id, genome_hash AS genome, build_hash AS artifact FROM agents ORDER BY ordinal",
    ).map((one) => ({ ...one, path: `${run.paths.agents}/.tmp-artifacts/${one.artifact}.js` }));
    for (const [i, { tamper }] of all.entries()) {
      const [victim, other] = [victims[2 * i]!, victims[2 * i + 1]!];
      const statement = listing.get<Workplace["statement"]>(
        "SELECT artifact, genome, runtime, world, policy, signature FROM statements WHERE genome = ?",
        victim.genome,
      )!;
      const programs = [victim, other].map((one) => prove(run, listing, one.id));
      const [own] = (await Promise.all(programs)).map(({ program }) => program);
      await tamper({ victim, other, listing, run, statement });
      const { code, how, program } = await prove(run, listing, victim.id);
      const isOwn = program !== undefined && program === own;
      ends.push({ succeeded: program !== undefined && !isOwn, how: `${isOwn ? "cut anew" : code}: ${how}` });
    }
  }
  await run.supervise();
  const rows = run.rows(`SELECT e.outcome, e.evidence_hash, v.data FROM agents a JOIN evaluations e ON e.agent = a.id
    LEFT JOIN events v ON v.agent = a.id AND v.type = 'artifact.refused' ORDER BY a.ordinal`);
  const harmed = rows.find(({ outcome }, i) => i % 2 === 1 && outcome !== "finished");
  if (harmed) throw new Error(`An honest neighbour was harmed: ${JSON.stringify(harmed)}`);
  return ends.map((proof, i) => {
    const { outcome, evidence_hash: did, data } = rows[2 * i]!;
    const { code, reason } = JSON.parse(`${data ?? "{}"}`);
    // What the honest gene does is what the neighbour's did.
    const isOwn = outcome === "finished" && did === rows[2 * i + 1]!.evidence_hash;
    const how = isOwn ? "cut anew: what ran is what was signed" : `${code}: ${reason}`;
    return { proved: proof, evaluated: { succeeded: outcome !== null && !isOwn, how } };
  });
}

/** What an agent would be started as now. */
async function prove(run: MadeRun, listing: Listing, id: string) {
  const { genome, artifact } = listing.get<{ genome: string; artifact: string }>(
    "SELECT genome_hash AS genome, build_hash AS artifact FROM agents WHERE id = ?",
    id,
  )!;
  const artifacts = new Artifacts(
    listing,
    run.paths,
    await loadVerifier(run.paths.publicKey),
    await readFacts(listing, run.paths),
  );
  const proof = await artifacts.prove({ artifact, genome, bytes: listing.blob(genome)! });
  if (!proof.ok) return { code: proof.issue.code, how: proof.issue.message };
  if (!Deno.lstatSync(proof.value).isFile) return { code: "none", how: "it is a link", program: "" };
  return { code: "none", how: "what is started is what was signed", program: await Deno.readTextFile(proof.value) };
}

/** Puts a statement in place of the victim's. */
export function restate({ listing, victim, statement }: Workplace, changed: Partial<Workplace["statement"]>): void {
  listing.run("DELETE FROM statements WHERE genome = ?", victim.genome);
  putStatement(listing, { ...statement, policy: buildPolicy, ...changed });
}
