import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { natsServer } from "../evaluators/nats.ts";
import { isAll } from "../matrix.ts";
import { checkout } from "./_checkout.ts";
import { dueRun, evaluated, signal } from "./_cluster.ts";
import { evaluatedFrom, hasHosts, Hosts } from "./_hosts.ts";
import { succeeds } from "./_installed.ts";
import { commandsOf } from "./_page.ts";
import { hasSlurm, Slurm } from "./_slurm.ts";
import { Sshd } from "./_sshd.ts";

const isPossible = isAll && natsServer !== undefined && hasSlurm && succeeds("/usr/sbin/sshd", "-V") && hasHosts();
if (isAll && !isPossible) {
  console.warn("left out: evaluators by Slurm, which need slurm-wlm, openssh-server, nats-server, ip and root");
}

Deno.test(
  "the page's array job evaluates, opens its tunnel again, drains by scancel, and is started again by requeue",
  {
    ignore: !isPossible,
  },
  async () => {
    await using first = await dueRun(40);
    await using home = await first.twin();
    const expected = await evaluated(home, () => home.step("supervise", "--isolation", "shared"));
    await using hosts = await Hosts.make();
    await using sshd = await Sshd.make("10.0.0.1", "head1");
    await sshd.start((...line) => hosts.on(0, ...line));
    const folder = await Deno.makeTempDir({ prefix: "evolve-by-slurm-" });
    const broker = hosts.begin(0, natsServer!, "-js", "-a", "127.0.0.1", "-sd", `${folder}/nats`);
    await broker.saw("Server is ready");
    const there = await checkout(folder);
    await Deno.mkdir(`${there}/workspace/keys/public`, { recursive: true });
    await Deno.copyFile(
      `${projectRoot}/workspace/keys/public/signing.json`,
      `${there}/workspace/keys/public/signing.json`,
    );
    await using slurm = await Slurm.start(hosts);
    const [submit] = await commandsOf("docs/evaluators.md", "BROKER=head1 sbatch");
    const few = submit!.replace("--array=1-16", "--array=1-2").replace("--cpus-per-task=8", "--cpus-per-task=1");
    const submitted = await slurm.run(`cd ${there} && PATH=${sshd.bin}:$PATH && ${few}`);
    const job = submitted.match(/^Submitted batch job (\d+)/)![1]!;
    const output = (task: number) => `${there}/slurm-${job}_${task}.out`;
    const areReady = (task: number, times: number) =>
      slurm.wait(`[ "$(grep -c 'is ready: 1 at once' ${output(task)})" = ${times} ]`);
    await areReady(1, 1);
    await areReady(2, 1);

    await using run = await first.twin();
    const result = await evaluatedFrom(hosts, run, async () => {
      await slurm.run(`scontrol requeue ${job}_2`);
      // Slurm would have it wait for two minutes.
      await slurm.wait("squeue -h -t PENDING -o %r | grep -q BeginTime");
      await slurm.run(`scontrol update JobId=${job}_2 StartTime=now`);
      await areReady(2, 2);
      Deno.kill(await hosts.listener(1, 20_002), "SIGKILL");
      await slurm.wait(`grep -q 'is connected again' ${output(2)}`);
      await slurm.run(`scancel ${job}_1`);
    });
    assertEquals(result, expected);
    await slurm.run(`scancel ${job}_2`);
    await slurm.wait('[ -z "$(squeue -h)" ]');
    for (const [task, times] of [[1, 1], [2, 2]] as const) {
      const text = await Deno.readTextFile(output(task));
      const finished = [...text.matchAll(/^\{"type":"step\.finished".*$/gm)].map(([line]) => JSON.parse(line!));
      assertEquals(finished.map(({ ok }) => ok), Array(times).fill(true), text);
    }
    // Its tunnel was there until it had replied to all.
    assert(!(await Deno.readTextFile(output(1))).includes("lost the broker"));
    assertStringIncludes(await Deno.readTextFile(output(2)), "DUE TO JOB REQUEUE");
    // It writes to its folder.
    signal(broker.child, "SIGKILL");
    await broker.ended;
    await Deno.remove(folder, { recursive: true });
  },
);
