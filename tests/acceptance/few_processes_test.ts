/** A machine that has hardly any processes left: whatever a step can't start is charged to neither template nor agents. */

import { assert, assertEquals } from "@std/assert";
import { parse, pipeline } from "../step/_run.ts";
import { Project } from "./_project.ts";

/** Another user, who has no process so far: the limit counts all of a user's, and none of root's. */
const user = 54_321;

const asUser = ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups"];

async function canChangeUser(): Promise<boolean> {
  const args = ["--nproc=64", ...asUser, "/bin/true"];
  return await new Deno.Command("prlimit", { args }).output().then(({ success }) => success, () => false);
}

Deno.test({
  name: "steps that may start few processes blame neither the template nor an agent",
  ignore: !await canChangeUser(),
  async fn() {
    await using project = await Project.copy();
    const { folder } = project;
    await project.step("init", "--count", "4", "--seed", "few");
    for (const step of ["scan", "sync-wiring", "build"]) await project.step(step);
    // Where the user may run it, and find nothing of this one's.
    await Deno.copyFile(Deno.execPath(), `${folder}/deno`);
    assert((await new Deno.Command("chown", { args: ["-R", `${user}:${user}`, folder] }).output()).success);
    const run = async (processes: number, step: string, ...flags: string[]) => {
      // A tool that gets no thread stands still until its clock ends it: that is not waited for.
      const child = new Deno.Command("timeout", {
        args: [
          "--kill-after=5",
          "60",
          "prlimit",
          `--nproc=${processes}`,
          ...asUser,
          `${folder}/deno`,
          ...pipeline(step, ...flags),
        ],
        cwd: folder,
        clearEnv: true,
        env: { HOME: folder, DENO_DIR: `${folder}/cache`, PATH: "/usr/bin:/bin", NO_COLOR: "1" },
        stdin: "null",
      });
      const { code, stdout, stderr } = await child.output();
      const issue = parse(new TextDecoder().decode(stdout)).at(-1)?.issue as { code: string } | undefined;
      return { code, issue: issue?.code, err: new TextDecoder().decode(stderr) };
    };
    const ended: string[] = [];
    for (const processes of [12, 16, 20, 24]) {
      const { code, issue, err } = await run(processes, "init", "--run", `few${processes}`, "--count", "2");
      ended.push(issue ?? `code ${code}: ${err}`);
      // Where too few are left for Deno itself it ends without a record.
      assert(
        code === 0 || issue === undefined || /^(machine|limits)\.|^interrupted$/.test(issue),
        `${processes}: ${issue} ${err}`,
      );
    }
    for (const processes of [18, 22, 26]) {
      const { code, issue, err } = await run(processes, "supervise");
      ended.push(issue ?? `code ${code}: ${err}`);
      assert(
        code === 0 || issue === undefined || /^(machine|limits)\.|^interrupted$/.test(issue),
        `${processes}: ${issue} ${err}`,
      );
    }
    assert(ended.some((one) => one.startsWith("machine.")), ended.join());
    const { records } = await project.step("status");
    const agents = records.filter(({ type }) => type === "agent.status");
    assertEquals(agents.map(({ status, crashes }) => [status, crashes]), Array(4).fill(["active", 0]));
  },
});
