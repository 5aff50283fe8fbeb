import { assertEquals, assertMatch } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { natsServer } from "../evaluators/nats.ts";
import { checkout } from "./_checkout.ts";
import { dueRun, evaluated, signal, told } from "./_cluster.ts";
import { evaluatedFrom, hasHosts, Hosts } from "./_hosts.ts";
import { succeeds } from "./_installed.ts";
import { commandsOf } from "./_page.ts";
import { Sshd } from "./_sshd.ts";

const isPossible = natsServer !== undefined && succeeds("/usr/sbin/sshd", "-V") && succeeds("git", "--version") &&
  hasHosts();
if (!isPossible) console.warn("left out: evaluators over ssh, which need openssh-server, nats-server, ip and root");

Deno.test("the page's commands make another machine evaluate over ssh, also when the tunnel is opened again", {
  ignore: !isPossible,
}, async () => {
  await using first = await dueRun(40);
  await using home = await first.twin();
  const expected = await evaluated(home, () => home.step("supervise", "--isolation", "shared"));
  await using hosts = await Hosts.make();
  await using sshd = await Sshd.make("10.0.0.1", "HOST");
  await Deno.symlink(projectRoot, `${sshd.home}/evolve`);
  await sshd.start((...line) => hosts.on(0, ...line));
  const [startBroker] = await commandsOf("docs/evaluators.md", "nats-server -js");
  const folder = await Deno.makeTempDir({ prefix: "evolve-over-ssh-" });
  const atHome = (line: string) => hosts.begin(0, "/bin/sh", "-c", `HOME=${folder} exec ${line}`);
  const broker = atHome(startBroker!);
  await broker.saw("Server is ready");
  const [clone, ...lines] = await commandsOf("docs/evaluators.md", "ssh -f -N");
  assertMatch(clone!, /^git clone … evolve && cd evolve$/);
  const there = await checkout(folder);
  const at = (text: string) => `cd ${there} && PATH=${sshd.bin}:$PATH && ${text}`;
  const [evaluate, openTunnel] = [lines.at(-1)!, lines.at(-2)!];
  await hosts.run(1, "/bin/sh", "-ec", at(lines.slice(0, -1).join("\n")));
  const endTunnel = async () => Deno.kill(await hosts.listener(1, 4222), "SIGKILL");
  const evaluator = hosts.begin(1, "/bin/sh", "-c", at(`exec ${evaluate}`));
  await evaluator.saw("is ready");
  await using run = await first.twin();
  const result = await evaluatedFrom(hosts, run, async () => {
    await endTunnel();
    await evaluator.saw("lost the broker");
    await hosts.run(1, "/bin/sh", "-c", at(openTunnel));
    await evaluator.saw("is connected again");
  });
  assertEquals(result, expected);
  assertEquals(told(run), told(home));
  signal(evaluator.child, "SIGTERM");
  const { code, err } = await evaluator.ended;
  assertEquals(code, 0, err);
  await endTunnel();
  // It writes to its folder.
  signal(broker.child, "SIGKILL");
  await broker.ended;
  await Deno.remove(folder, { recursive: true });
});
