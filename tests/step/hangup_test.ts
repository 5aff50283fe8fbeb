import { assert, assertEquals } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { begin, fixture, onTerminal, TestRun } from "./_run.ts";

const asked = fixture("ignores_hangup.ts");
/** Without run permission. */
const barred = ["run", "-q", "--no-prompt", asked.at(-1)!];

/** What is answered to a SIGHUP where the shell starts it so, whatever the tests were started by. */
async function answer(start: string, args: readonly string[]): Promise<boolean> {
  const asking = begin(["--default-signal=HUP", "sh", "-c", start, "sh", Deno.execPath(), ...args], undefined, "env");
  const [, pid] = (await asking.saw(/listens as (\d+)\./))!;
  Deno.kill(Number(pid), "SIGHUP");
  return said((await asking.ended).code);
}

/** What the exit code says. */
function said(code: number): boolean {
  assert(code === 10 || code === 11, `exit code ${code}`);
  return code === 10;
}

Deno.test("ignoresHangup(): yes if the shell that started it ignores it", async () => {
  for (const args of [asked, barred]) assert(await answer(`trap "" HUP; "$@"; exit $?`, args));
});

Deno.test("ignoresHangup(): no if nothing was ignored", async () => {
  assert(!await answer(`"$@"; exit $?`, asked));
});

Deno.test("ignoresHangup(): yes if the task that started it was set so, and passed nothing on", async () => {
  // Stands for the task: a `deno` that hears SIGHUP starts the step.
  const task = `Deno.addSignalListener("SIGHUP", () => {});
    const { code } = await new Deno.Command(Deno.execPath(), { args: Deno.args }).spawn().status; Deno.exit(code);`;
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(path, task);
  const args = ["run", "-q", "-A", path, ...asked];
  assert(await answer(`trap "" HUP; "$@"; exit $?`, args));
  assert(await answer(`trap "" HUP; exec env _=/usr/bin/nohup "$@"`, args));
  assert(await answer(`trap "" HUP; exec env -u _ "$@" 0>/dev/null`, args));
});

Deno.test("ignoresHangup(): no on a terminal", async () => {
  for (const args of [asked, barred]) {
    const step = onTerminal(args);
    await step.saw("listens");
    step.close();
    assert(!said((await step.ended).code));
  }
});

Deno.test("runStep(): a closed terminal lets the step save its work, and ends it with 130", async () => {
  for (const format of ["ndjson", "json", "table"]) {
    await using test = new TestRun().list(0);
    const held = onTerminal(fixture("probe_step.ts", "--run", test.name, "--mode", "hold", "--format", format));
    await held.saw("probe: holds");
    held.close();
    const { code, err } = await held.ended;
    assertEquals([code, err], [130, ""], format);
    using listing = Listing.open(test.paths.listing);
    assertEquals(listing.all("SELECT step FROM step_runs").map(({ step }) => step), ["probe"], format);
  }
});
