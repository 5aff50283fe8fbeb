import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { parseKeptReplay } from "../../lib/view/kept_replay.ts";
import { Population } from "../acceptance/_population.ts";

const oneMax = `${projectRoot}/tests/acceptance/onemax`;

const view = (body: string) =>
  `import type { Shape } from "evolve/contract";
export function view(state: { ones: number }): Shape[] {
  ${body}
}
`;

const script = "</script><script>alert(1)</script>";

Deno.test("a report has what the best agent did as data, and tells of a view that fails", async () => {
  const folder = await Deno.makeTempDir();
  await using run = new Population();
  const { reports, config } = run.paths;
  const write = async (body: string) => {
    await Deno.writeTextFile(`${folder}/view.ts`, view(body));
    await run.step("init");
    await run.step("build");
  };
  /** What the page is given, and all else of it. */
  const page = async () => {
    await run.step("report");
    const html = await Deno.readTextFile(`${reports}/report.html`);
    const [, before, data, after] = /^(.*<script type="application\/json" id="data">)([^<>&]*)(<\/script>.*)$/s.exec(
      html,
    )!;
    return { replay: JSON.parse(data!).replay, rest: before! + after! };
  };
  const draw = async () => {
    const { records } = await run.step("draw");
    return records.find(({ type }) => type === "agent.drawn") as unknown as {
      id: string;
      ok: boolean;
      issue?: { code: string; message: string };
    };
  };
  try {
    await new Deno.Command("cp", { args: ["-r", `${oneMax}/.`, folder] }).output();
    await Deno.writeTextFile(
      `${folder}/view.ts`,
      view(`return [{ shape: "text", x: state.ones, y: 0, text: "${script}" }];`),
    );
    await run.made(4, "--template", folder);
    // Its end draws what the report embeds.
    await run.step("lifecycle", "--cycles", "1", "--sleep", "0", "--isolation", "shared", "--race");
    const { replay, rest } = await page();
    const { episodes, title } = replay.player;
    assertMatch(title, /^Agent [0-9a-f]{8} in cycle 1$/);
    assertEquals(episodes[0].drawn.shapes.map(({ text }: { text: string }) => text)[0], script);
    assert(!rest.includes(script) && rest.includes("globalThis.player ="));

    const wrong: readonly (readonly [body: string, why: RegExp])[] = [
      ["if (state.ones > 0) throw new Error('<b>no</b>'); return [];", /view\.ts#view threw an? Error/],
      ["return [{ shape: 'circle', x: state.ones > 0 ? NaN : 0, y: 0, radius: 1 }];", /shape 0 must have as x/],
      [
        "return Array.from({ length: state.ones > 0 ? 10_000_000 : 1 }, (_, x) => ({ shape: 'cell', x, y: 0, width: 1, height: 1 }));",
        /Cannot draw/,
      ],
      ["while (state.ones > 0); return [];", /Cannot draw/],
    ];
    for (const [body, why] of wrong) {
      await write(body);
      // A loop is not waited for; all else has its time on a loaded machine too.
      if (body.startsWith("while")) await Deno.writeTextFile(config, JSON.stringify({ limits: { wallSeconds: 4 } }));
      const drawn = await draw();
      assertEquals([drawn.ok, drawn.issue?.code], [false, "view.failed"], body);
      assertMatch(drawn.issue!.message, why);
      const { replay, rest } = await page();
      assertEquals([replay.player, rest.includes("globalThis.player =")], [undefined, false]);
      assertStringIncludes(replay.note, drawn.issue!.message);
    }

    // What is of another agent, or no drawing at all, is not shown as the best one's.
    await Deno.writeTextFile(config, "{}");
    await write("return [{ shape: 'circle', x: state.ones, y: 0, radius: 1 }];");
    assert((await draw()).ok);
    const file = `${reports}/replay.json`, kept = JSON.parse(await Deno.readTextFile(file));
    assert((await page()).replay.player);
    kept.of.id = "another";
    await Deno.writeTextFile(file, JSON.stringify(kept));
    assertMatch((await page()).replay.note, /of another agent/);
    for (const shapes of [[{ shape: "circle", x: null, y: 0, radius: 1 }], [{ shape: "script", x: 0, y: 0 }]]) {
      await Deno.writeTextFile(
        file,
        JSON.stringify({ ...kept, episodes: [{ ...kept.episodes[0], drawn: { ...kept.episodes[0].drawn, shapes } }] }),
      );
      const { note, player } = (await page()).replay;
      assertEquals([/is not what/.test(note), player], [true, undefined]);
    }
    await Deno.remove(file);
    assertMatch((await page()).replay.note, /not drawn yet\. Run `deno task draw --run/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("parseKeptReplay() takes nothing but what draw writes", () => {
  const drawn = { shapes: [{ shape: "circle", x: 0, y: 0, radius: 1 }], frames: [{ step: 0, shapes: [0] }] };
  const of = { id: "a", genomeHash: "b", cycle: 1 };
  const good = {
    version: 1,
    of,
    episodes: [{ name: "episode 0", facts: [["score", "1"]], drawn }],
    area: { x: 0, y: 0, width: 1, height: 1 },
  };
  assertEquals(parseKeptReplay(JSON.stringify(good)), good as never);
  assertEquals(
    parseKeptReplay(JSON.stringify({ version: 1, of, issue: { code: "c", message: "m" } }))?.issue?.message,
    "m",
  );
  const others: unknown[] = [
    null,
    [],
    { ...good, version: 2 },
    { ...good, of: { id: "a" } },
    { ...good, episodes: [] },
    { ...good, episodes: [{ name: 1, drawn }] },
    { ...good, episodes: [{ name: "a", facts: [["a"]], drawn }] },
    { ...good, episodes: [{ name: "a", drawn: { ...drawn, frames: [{ step: 0, shapes: [1] }] } }] },
    { ...good, area: { x: 0, y: 0, width: 0, height: 1 } },
    { version: 1, of, issue: { code: "c" } },
  ];
  for (const other of [...others.map((one) => JSON.stringify(one)), "", "{"]) {
    assertEquals(parseKeptReplay(other), undefined, other);
  }
});
