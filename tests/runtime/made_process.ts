/** Processes of the fixtures, without any permission. */

/** What a process did. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a fixture as an agent is run, with this on stdin. */
export async function runFixture(name: string, input: string): Promise<Ended> {
  const path = `${import.meta.dirname}/fixtures/${name}`;
  const flags = ["-q", "--no-prompt", "--no-config", "--no-lock", "--no-npm", "--no-remote", "--no-check"];
  const child = new Deno.Command("deno", {
    args: ["run", ...flags, path],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
