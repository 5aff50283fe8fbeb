import { assert, assertEquals, assertNotMatch, assertStringIncludes } from "@std/assert";
import { Listing } from "../../lib/agents/listing.ts";
import { projectRoot } from "../../lib/agents/paths.ts";
import { stepCommand } from "../../lib/step/command.ts";
import { pipeline, run, TestRun } from "../step/_run.ts";

interface Ended {
  readonly code: number;
  readonly err: string;
}

/** Runs a program with these variables and no others. */
async function bare(program: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const { code, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd: projectRoot,
    clearEnv: true,
    env,
    stdin: "null",
    stdout: "null",
  }).output();
  return { code, err: new TextDecoder().decode(stderr) };
}

/** A folder with a program of this name, which says nonsense and fails. */
async function impostors(...names: string[]): Promise<string> {
  const folder = await Deno.makeTempDir();
  for (const name of names) {
    await Deno.writeTextFile(`${folder}/${name}`, "#!/bin/sh\necho nonsense\nexit 3\n", { mode: 0o755 });
  }
  return folder;
}

Deno.test("lifecycle and start + run their steps in the Deno that runs them, whatever PATH says", async () => {
  const folder = await impostors("deno", "sh");
  try {
    for (const PATH of ["/usr/bin:/bin", `${folder}:/usr/bin:/bin`, "/nonexistent"]) {
      await using test = new TestRun();
      const env = { PATH, HOME: folder, DENO_DIR: `${folder}/cache` };
      const flags = ["--run", test.name, "--quiet", "--format", "ndjson"];
      const began = await bare(Deno.execPath(), [
        ...stepCommand("start"),
        ...[...flags, "--count", "3", "--seed", "5", "--cycles", "1"],
      ], env);
      assertEquals([PATH, began.code, began.err], [PATH, 0, ""]);
      const further = await bare(Deno.execPath(), [
        ...["task", "-q", "lifecycle", ...flags, "--cycles", "1"],
      ], env);
      assertEquals([PATH, further.code, further.err], [PATH, 0, ""]);
      using listing = Listing.open(test.paths.listing);
      assertEquals(listing.get("SELECT max(cycle) AS cycle FROM cycles WHERE state = 'closed'"), { cycle: 2 });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("lifecycle + says that the Deno that ran it is gone", async () => {
  const folder = await Deno.makeTempDir();
  await using test = new TestRun();
  try {
    await run(pipeline("init", "--run", test.name, "--quiet", "--count", "2", "--seed", "5"));
    await Deno.copyFile(Deno.execPath(), `${folder}/deno`);
    const child = new Deno.Command(`${folder}/deno`, {
      args: pipeline("lifecycle", "--run", test.name, "--sleep", "600", "--until", "2", "--log-level", "debug"),
      cwd: projectRoot,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    let err = "";
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      err += text;
      if (text.includes("scan has finished")) await Deno.remove(`${folder}/deno`);
    }
    assertEquals((await child.status).code, 1);
    assertStringIncludes(err, "the Deno that runs this must still be where it was");
    assertNotMatch(err, /internal|not expected/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a run that goes on in another version of Deno than it was made with says so once", async () => {
  await using test = new TestRun();
  const flags = ["--run", test.name];
  await run(pipeline("init", ...flags, "--quiet", "--count", "2", "--seed", "5"));
  const told = /made with Deno 1\.2\.3 and goes on with Deno/g;
  assertNotMatch((await run(pipeline("scan", ...flags))).err, told);
  {
    using listing = Listing.open(test.paths.listing);
    assertEquals(listing.meta("deno"), Deno.version.deno);
    listing.setMeta("deno", "1.2.3");
  }
  for (const [step, ...more] of [["init"], ["scan"], ["lifecycle", "--cycles", "1"], ["start", "--cycles", "1"]]) {
    const { code, err } = await run(pipeline(step!, ...flags, ...more));
    assert(code === 0, err);
    assertEquals([step, err.match(told)?.length], [step, 1], err);
  }
});
