import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { BadValue } from "../../lib/step/flags.ts";
import { userPath } from "../../lib/step/user_path.ts";
import { TestRun } from "./_run.ts";

const text = new TextDecoder();

/** Runs `deno` somewhere, and returns how it ended. */
async function deno(cwd: string, args: readonly string[], env: Record<string, string> = {}) {
  const { INIT_CWD: _, ...own } = Deno.env.toObject();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    clearEnv: true,
    env: { ...own, NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

/** A task of the project, as somebody starts it who stands elsewhere. */
async function task(cwd: string, ...args: string[]) {
  return await deno(cwd, ["task", "-q", "--config", `${projectRoot}/deno.json`, ...args, "--format", "ndjson"]);
}

function first(out: string) {
  return JSON.parse(out.slice(0, out.indexOf("\n")));
}

Deno.test("userPath() counts from where the user stands, whatever the working folder is", () => {
  const before = Deno.env.get("INIT_CWD");
  try {
    Deno.env.set("INIT_CWD", "/tmp/there");
    assertEquals(["x", "./a/../x", "../x", "/a/./x"].map(userPath), [
      "/tmp/there/x",
      "/tmp/there/x",
      "/tmp/x",
      "/a/x",
    ]);
    for (const useless of ["", "relative/folder"]) {
      Deno.env.set("INIT_CWD", useless);
      assertEquals(userPath("x"), `${Deno.cwd()}/x`);
    }
    Deno.env.delete("INIT_CWD");
    assertEquals(userPath("x"), `${Deno.cwd()}/x`);
  } finally {
    if (before === undefined) Deno.env.delete("INIT_CWD");
    else Deno.env.set("INIT_CWD", before);
  }
  for (const wrong of ["", "a\0b", "a".repeat(4097)]) assertThrows(() => userPath(wrong), BadValue, "must be a path");
});

Deno.test("init, backup and restore take relative paths from the folder in which deno task was called", async () => {
  await using run = new TestRun();
  await using again = new TestRun();
  const place = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${place}/below`);
    const copy = new Deno.Command("cp", { args: ["-r", `${projectRoot}/agent_template`, `${place}/mine`] });
    assertEquals((await copy.output()).code, 0);

    const init = ["init", "--count", "2", "--seed", "7", "--run", run.name, "--template"];
    const missing = await task(place, ...init, "absent");
    assertEquals(missing.code, 2);
    assertMatch(missing.err, new RegExp(`${place}/absent`));
    const made = await task(`${place}/below`, ...init, "../mine");
    assertEquals(made.code, 0, made.err);

    const saved = await task(place, "backup", "below/run.tar.gz", "--run", run.name);
    assertEquals(saved.code, 0, saved.err);
    assertEquals(first(saved.out).file, `${place}/below/run.tar.gz`);
    assertEquals((await Deno.stat(`${place}/below/run.tar.gz`)).isFile, true);
    const taken = await task(`${place}/below`, "backup", "run.tar.gz", "--run", run.name);
    assertEquals(taken.code, 2);
    assertEquals(first(taken.out).issue.path, `${place}/below/run.tar.gz`);

    const absent = await task(place, "restore", "run.tar.gz", "--run", again.name);
    assertEquals(absent.code, 1);
    assertEquals(first(absent.out).issue.path, `${place}/run.tar.gz`);
    const restored = await task(`${place}/below`, "restore", "./run.tar.gz", "--run", again.name);
    assertEquals(restored.code, 0, restored.err);
  } finally {
    await Deno.remove(place, { recursive: true });
  }
});

Deno.test("restore counts from the working folder where it was started without deno task", async () => {
  await using run = new TestRun();
  const place = await Deno.makeTempDir();
  try {
    const started = ["run", "-q", "--no-prompt", "-P=restore", `${projectRoot}/pipelines/restore.ts`, "run.tar.gz"];
    const { code, out } = await deno(place, [...started, "--run", run.name, "--format", "ndjson"]);
    assertEquals(code, 1);
    assertEquals(first(out).issue.path, `${place}/run.tar.gz`);
  } finally {
    await Deno.remove(place, { recursive: true });
  }
});
