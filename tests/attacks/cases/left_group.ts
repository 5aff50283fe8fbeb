import { launch } from "../../../lib/isolation/launch.ts";
import { passes, stops } from "../attack.ts";
import type { Attack } from "../attack.ts";
import { launcher, limits, permissionsOnly, placed, run } from "../sandbox.ts";

async function leave(): Promise<string> {
  const { stdout } = await launch(
    launcher.limited(["/bin/sh", "-c", "setsid sleep 30 & echo $!"], limits),
    new Uint8Array(),
    { wallMs: 300, outputBytes: 1000 },
  );
  return new TextDecoder().decode(stdout).trim();
}

async function without() {
  const end = await run(
    permissionsOnly(placed('new Deno.Command("/usr/bin/setsid", { args: ["sleep", "30"] }).spawn();')),
  );
  return { succeeded: end.code === 0, how: new TextDecoder().decode(end.stderr) };
}

export default {
  goal: "Run on when one's time is over, as a process of no group of the supervisor's.",
  way: "A child that makes itself the leader of a session: no signal to the group reaches it.",
  alone: {
    permissions: { ...stops("NotCapable"), run: without },
    limits: {
      ...passes,
      async run() {
        const pid = await leave();
        const { success } = await new Deno.Command("kill", { args: ["-KILL", pid] }).output();
        return { succeeded: success, how: "it had to be ended by hand" };
      },
    },
  },
  shipped: { ...stops("NotCapable"), run: without },
} satisfies Attack;
