import { assertEquals } from "@std/assert";
import { natsServer } from "../evaluators/nats.ts";
import { isAll } from "../matrix.ts";
import { dueRun, evaluated, signal } from "./_cluster.ts";
import { evaluatedFrom, hasHosts, Hosts } from "./_hosts.ts";
import { commandsOf } from "./_page.ts";
import { hasUserManager, UserManager } from "./_user_manager.ts";

const isPossible = isAll && natsServer !== undefined && hasHosts() && await hasUserManager();
if (isAll && !isPossible) console.warn("left out: evaluators by systemd, which need systemd, nats-server, ip and root");

const unit = "evolve-evaluator";

Deno.test("the page's unit waits for the broker, evaluates, and drains when it is stopped", {
  ignore: !isPossible,
}, async () => {
  await using first = await dueRun(40);
  await using home = await first.twin();
  const expected = await evaluated(home, () => home.step("supervise", "--isolation", "shared"));
  await using hosts = await Hosts.make();
  await using manager = await UserManager.start(hosts);
  // There is no journal, and a minute is long.
  const said = `${manager.home}/said`;
  const settings = `${manager.home}/.config/systemd/user/${unit}.service.d`;
  await Deno.mkdir(settings, { recursive: true });
  await Deno.writeTextFile(`${settings}/test.conf`, `[Service]\nStandardError=append:${said}\nRestartSec=1s\n`);
  const lines = await commandsOf("docs/evaluators.md", "enable --now evolve-evaluator");
  assertEquals(lines.pop(), 'loginctl enable-linger "$USER"');
  await manager.run(lines.join("\n"));
  await manager.wait(`[ "$(systemctl --user show -P NRestarts ${unit})" -gt 0 ]`);
  const folder = await Deno.makeTempDir({ prefix: "evolve-by-systemd-" });
  const broker = hosts.begin(0, natsServer!, "-js", "-a", "127.0.0.1", "-sd", folder);
  await broker.saw("Server is ready");
  const isReady = (times: number) => manager.wait(`[ "$(grep -c 'is ready' ${said})" = ${times} ]`);
  await isReady(1);

  await using run = await first.twin();
  const result = await evaluatedFrom(hosts, run, async () => {
    await manager.run(`systemctl --user stop ${unit}`);
    const ended = await manager.run(`systemctl --user show -P Result -P ExecMainStatus -P MainPID ${unit}`);
    assertEquals(new Set(ended.split("\n").filter(Boolean)), new Set(["success", "0"]));
    await manager.run(`systemctl --user start ${unit}`);
    await isReady(2);
  });
  assertEquals(result, expected);
  // It writes to its folder.
  signal(broker.child, "SIGKILL");
  await broker.ended;
  await Deno.remove(folder, { recursive: true });
});
