import { assert, assertEquals, assertMatch } from "@std/assert";
import { blocks, filesOf, read, tables } from "../docs_pages.ts";
import { filesBelow, Hub, projectAction } from "./_hub.ts";
import { readAction, readYaml, type Workflow } from "./_yaml.ts";

/** A repository with the template of docs/templates.md in a folder. */
async function repository(folder: string): Promise<Hub> {
  const files = [...await filesOf("docs/templates.md")].map(([path, code]) => [`${folder}/${path}`, code]);
  return await Hub.make(Object.fromEntries(files));
}

/** The project's workflow as its page says that it is copied; for pull requests with so few agents and cycles. */
async function copied(): Promise<Workflow> {
  const text = (await read(".github/workflows/evolve.yml")).replaceAll(/^( *uses:) \.\/$/gm, `$1 ${projectAction}`);
  return readYaml(replaced(text, { "&& '20' ||": "&& '3' ||", "&& '2' ||": "&& '1' ||" }));
}

/** A text with other numbers; each must be there, once. */
function replaced(text: string, numbers: Readonly<Record<string, string>>): string {
  for (const [from, to] of Object.entries(numbers)) {
    assertEquals(text.split(from).length, 2, from);
    text = text.replace(from, to);
  }
  return text;
}

Deno.test("docs/github.md: five lines and a template make an evolved artifact", async () => {
  const [lines] = await blocks("docs/github.md", "yaml");
  assertEquals(lines!.trimEnd().split("\n").length, 5);
  await using hub = await repository("template");
  const few = replaced(lines!, { "count: 20, cycles: 3": "count: 4, cycles: 1" });
  const ran = await hub.run(few, { event_name: "workflow_dispatch" });
  assertEquals(ran.conclusion, "success", ran.log);
  const files = filesBelow(hub.artifacts.get("1001/evolve-main-1")!);
  assert((files.get("best/dist/main.js")?.length ?? 0) > 1000);
  assert(files.has("report.html") && files.has("backup.tar.gz"));
});

Deno.test("docs/github.md lists the inputs and outputs of the action", async () => {
  const [inputs, outputs] = await tables("docs/github.md");
  const action = readAction();
  const given = Object.entries(action.inputs).map(([name, input]) => [name, input.default || "–"]);
  assertEquals(inputs!.slice(1).map(([name, otherwise]) => [name, otherwise]), given);
  assertEquals(outputs!.slice(1).map(([name]) => name), Object.keys(action.outputs));
});

Deno.test("evolve.yml runs for pull requests and people, and by schedule only where that is asked for", async () => {
  const workflow = await copied();
  await using hub = await repository("agent_template");
  const pull = await hub.run(workflow, { event_name: "pull_request" });
  assertEquals(pull.conclusion, "success", pull.log);
  assertMatch([...hub.caches.keys()][0]!, /^evolve-pull-request-/);
  assertMatch(pull.summary, /\| cycles \| 1 \|/);
  const inputs = { template: "agent_template", count: "2", cycles: "0" };
  const person = await hub.run(workflow, { event_name: "workflow_dispatch", inputs });
  assertEquals(person.conclusion, "success", person.log);
  const scheduled = async (vars: Record<string, string>, fork: boolean) =>
    (await hub.run({ ...workflow, jobs: { evolve: { ...workflow.jobs.evolve!, steps: [] } } }, {
      event_name: "schedule",
      vars,
      fork,
    })).conclusion;
  assertEquals(await scheduled({}, false), "skipped");
  assertEquals(await scheduled({ EVOLVE_SCHEDULE: "off" }, false), "skipped");
  assertEquals(await scheduled({ EVOLVE_SCHEDULE: "on" }, true), "skipped");
  assertEquals(await scheduled({ EVOLVE_SCHEDULE: "on" }, false), "success");
});
