import { projectRoot } from "../../lib/run/paths.ts";
import { infoOf } from "../../lib/util/files.ts";
import { read } from "../docs_pages.ts";

/** What units name the project by. */
export const evolve = "%h/.local/bin/evolve";

/** Whether systemd is not there to verify a unit. */
export const isUnverified = !infoOf("/usr/bin/systemd-analyze");

/** Exit code and words of `systemd-analyze` on a unit of the project. @param name What its file is called. */
export async function verifiedUnit(unit: string, name: string): Promise<[number, string]> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/${name}`;
  await Deno.writeTextFile(path, (await read(unit)).replace(evolve, `${projectRoot}/bin/evolve`));
  const args = ["--user", "--man=no", "verify", path];
  const { code, stderr } = await new Deno.Command("systemd-analyze", { args, env: { XDG_RUNTIME_DIR: folder } })
    .output();
  await Deno.remove(folder, { recursive: true });
  return [code, new TextDecoder().decode(stderr)];
}
