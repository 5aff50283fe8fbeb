import { Cgroups } from "../../../lib/isolation/cgroup.ts";
import { launch } from "../../../lib/isolation/launch.ts";
import { stops } from "../attack.ts";
import { launcher, limits, permissionsOnly, placed, run } from "../sandbox.ts";
import type { Attack } from "../attack.ts";

async function left(): Promise<string> {
  const groups = (await Cgroups.make(launcher.delegated!, limits, 1))!;
  await using made = groups;
  const script = "setsid sleep 30 & echo $!; while :; do echo and so on >&2; done";
  const command = { ...launcher.limited(["/bin/sh", "-c", script], limits), cgroup: made.take() };
  const { stdout } = await launch(command, new Uint8Array(), { wallMs: 20_000, outputBytes: 1000 });
  return new TextDecoder().decode(stdout).trim();
}

async function without() {
  const program = 'new Deno.Command("/usr/bin/setsid", { args: ["sleep", "30"] }).spawn();';
  const end = await run(permissionsOnly(placed(program)));
  return { succeeded: end.code === 0, how: new TextDecoder().decode(end.stderr) };
}

export default {
  goal: "Run on when one's time is over, where evaluations are put into control groups.",
  way: "A child that makes itself the leader of a session: no signal to the group of processes reaches it.",
  alone: {
    permissions: { ...stops("NotCapable"), run: without },
    limits: {
      ...stops("it is gone"),
      ignore: launcher.delegated === undefined,
      async run() {
        const pid = await left();
        await new Deno.Command("tail", { args: ["-s", "0.02", `--pid=${pid}`, "-f", "/dev/null"] }).output();
        return { succeeded: !/^\d+$/.test(pid), how: `it is gone: ${pid}` };
      },
    },
  },
  shipped: { ...stops("NotCapable"), run: without },
} satisfies Attack;
