/**
 * Runs the tests of `tests/`, and with `--all` those of `slow/`, file after file, each under the permission set that has
 * its name: `deno task e2e [--all] [NAME…]`. Closes with what ran, what failed and what was left out, by name.
 *
 * @module
 */

/** Whether a missing tool is a failure: where it could have been installed. */
const demanded = Deno.uid() === 0 && await Deno.stat("/usr/bin/apt-get").then(() => true, () => false);
const here = import.meta.dirname!;

function testsIn(folder: string): string[] {
  return [...Deno.readDirSync(`${here}/${folder}`)]
    .flatMap(({ name }) => name.endsWith("_test.ts") ? [`${folder}/${name.slice(0, -"_test.ts".length)}`] : []).sort();
}

const quick = testsIn("tests"), slow = testsIn("slow"), files = [...quick, ...slow];
const unknown = Deno.args.filter((arg) => arg !== "--all" && !files.some((file) => file.split("/")[1] === arg));
if (unknown.length > 0) {
  console.error(`Cannot run ${unknown.join(", ")} as each must be --all or one of ${files.join(", ")}.`);
  Deno.exit(2);
}
const names = Deno.args.filter((arg) => arg !== "--all");
const chosen = names.length > 0
  ? files.filter((file) => names.includes(file.split("/")[1]!))
  : Deno.args.includes("--all")
  ? files
  : quick;

let child: Deno.ChildProcess | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => {
    child?.kill(signal);
    Deno.exit(signal === "SIGINT" ? 130 : 143);
  });
}

/** The lines of a test's output, which is shown as it comes, that say what it left out. */
async function leftOutIn(output: ReadableStream<Uint8Array>): Promise<string[]> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of output) {
    Deno.stdout.writeSync(chunk);
    text += decoder.decode(chunk, { stream: true });
  }
  return text.split("\n").filter((line) => line.startsWith("left out "));
}

const ran: string[] = [], failed: string[] = [], leftOut: string[] = [];
for (const file of chosen) {
  console.log(`\n# e2e/${file}_test.ts`);
  child = new Deno.Command("deno", {
    // Not quiet: what a test says of what it leaves out would be gone.
    args: ["test", "--no-prompt", "--no-check", `-P=${file.split("/")[1]}`, `${file}_test.ts`],
    cwd: here,
    env: { E2E_TOOLS: demanded ? "demanded" : "" },
    stdout: "piped",
  }).spawn();
  leftOut.push(...await leftOutIn(child.stdout));
  ((await child.status).success ? ran : failed).push(file);
}
if (names.length === 0 && !Deno.args.includes("--all")) {
  leftOut.push(...slow.map((file) => `left out e2e/${file}_test.ts: only with --all`));
}

console.log();
for (const file of ran) console.log(`ran e2e/${file}_test.ts`);
for (const file of failed) console.log(`failed e2e/${file}_test.ts`);
for (const line of new Set(leftOut)) console.log(line);
Deno.exit(failed.length > 0 ? 1 : 0);
