import type { PluginHost } from "../../../lib/steps/select/plugin.ts";

/** Writes a module into a `plugins/` of its own, and gives what loading it needs. */
export async function made(body: string, limits?: PluginHost["limits"]) {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/plugins`);
  await Deno.writeTextFile(`${root}/outside`, "");
  await Deno.writeTextFile(`${root}/plugins/made.ts`, `// @ts-nocheck: steps run it unchecked\n${body}`);
  const said: string[] = [];
  const host: PluginHost = {
    root,
    signal: new AbortController().signal,
    say: (text) => void said.push(text),
    ...(limits && { limits }),
  };
  return { path: "plugins/made.ts", host, said };
}
