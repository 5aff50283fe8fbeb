import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";

export default outside({
  goal: "Run on when the supervisor was killed.",
  way: "A loop in an agent whose supervisor gets SIGKILL.",
  layer: "limits",
  expect: stops(),
  async run() {
    const script = `${import.meta.dirname}/../../isolation/fixtures/lonely.ts`;
    const supervisor = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "-q", "--no-config", script],
      stdout: "piped",
    }).spawn();
    const reader = supervisor.stdout.getReader();
    const pid = new TextDecoder().decode((await reader.read()).value).trim();
    supervisor.kill("SIGKILL");
    await supervisor.status;
    await new Deno.Command("tail", { args: ["-s", "0.02", `--pid=${pid}`, "-f", "/dev/null"] }).output();
    await reader.cancel();
    return { succeeded: !/^\d+$/.test(pid), how: `process ${pid} is gone` };
  },
});
