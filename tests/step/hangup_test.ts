import { assertEquals } from "@std/assert";
import { Listing } from "../../lib/agents/listing.ts";
import { begin, fixture, onTerminal, TestRun } from "./_run.ts";

const asked = fixture("ignores_hangup.ts");
/** Without run permission. */
const barred = ["run", "-q", "--no-prompt", asked.at(-1)!];

/** What is answered where the shell starts it so. */
async function answer(start: string, args: readonly string[]): Promise<string> {
  const { out } = await begin(["-c", start, "sh", Deno.execPath(), ...args], undefined, "sh").ended;
  return out.trim();
}

Deno.test("ignoresHangup() + yes if it was told so when it was started", async () => {
  for (const args of [asked, barred]) assertEquals(await answer(`trap "" HUP; exec "$@"`, args), "true");
});

Deno.test("ignoresHangup() + yes if the task was told so that started it, and told nothing on", async () => {
  // Stands for the task: a `deno` that hears SIGHUP starts the step.
  const task = `Deno.addSignalListener("SIGHUP", () => {});
    const { code } = await new Deno.Command(Deno.execPath(), { args: Deno.args }).spawn().status; Deno.exit(code);`;
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(path, task);
  const args = ["run", "-q", "-A", path, ...asked];
  assertEquals(await answer(`trap "" HUP; "$@"; :`, args), "true");
  assertEquals(await answer(`trap "" HUP; exec env _=/usr/bin/nohup "$@"`, args), "true");
  assertEquals(await answer(`trap "" HUP; exec env -u _ "$@" 0>/dev/null`, args), "true");
});

Deno.test("ignoresHangup() + no on a terminal", async () => {
  for (const args of [asked, barred]) {
    const step = onTerminal(args);
    await step.saw("false");
    step.close();
    await step.ended;
  }
});

Deno.test("runStep() + a closed terminal lets the step save its work, and ends it with 130", async () => {
  for (const format of ["ndjson", "json", "table"]) {
    await using test = new TestRun().list(0);
    const held = onTerminal(fixture("probe_step.ts", "--run", test.name, "--mode", "hold", "--format", format));
    await held.saw("probe: holds");
    held.close();
    const { code, err } = await held.ended;
    assertEquals([code, err], [130, ""], format);
    using listing = Listing.open(test.paths.listing);
    assertEquals(listing.all("SELECT step FROM runs_of_steps").map(({ step }) => step), ["probe"], format);
  }
});
