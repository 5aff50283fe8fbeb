import { launch } from "../../../lib/isolation/launch.ts";
import { stops } from "../attack.ts";
import { launcher, limits } from "../sandbox.ts";
import { outside } from "../strangers.ts";

export default outside({
  goal: "Run on when one's time is over.",
  way: "Ignores SIGTERM, SIGINT and SIGHUP and forks twice; its grandchild holds stdout open.",
  layer: "limits",
  expect: stops("wall"),
  async run() {
    const script = `trap '' TERM INT HUP
      ( ( trap '' TERM; while :; do sleep 100; done ) & echo $!; while :; do sleep 100; done ) & echo $!
      while :; do sleep 100; done`;
    const end = await launch(launcher.limited(["/bin/sh", "-c", script], limits), new Uint8Array(), {
      wallMs: 2000,
      outputBytes: 1000,
    });
    const pids = new TextDecoder().decode(end.stdout).trim().split("\n");
    for (const pid of pids) {
      await new Deno.Command("tail", { args: ["-s", "0.02", `--pid=${pid}`, "-f", "/dev/null"] }).output();
    }
    return { succeeded: end.exceeded !== "wall" || pids.length !== 2, how: `${end.exceeded} ${pids}` };
  },
});
