import { assert, assertEquals } from "@std/assert";
import { root, Run } from "../evolve.ts";
import { missing } from "../tools.ts";

const tools = ["prometheus", "promtool", "prometheus-node-exporter", "fallocate"];
const ignore = (await Promise.all(tools.map((tool) => missing(tool)))).some((isMissing) => isMissing);

/** How much shorter than in the file the times of the alerts are here. */
const scale = 240;

/** The rules as they are shipped, but for times, and for the room that is little. */
async function scaledRules(littleBytes: number): Promise<string> {
  const seconds = { m: 60, h: 3600 } as const;
  const rules = await Deno.readTextFile(`${root}/ops/prometheus/evolve.rules.yml`);
  const scaled = rules
    .replace(/(?<=for: |\[)(\d+)([mh])/g, (_, n, unit: "m" | "h") => `${Number(n) * seconds[unit] * 1000 / scale}ms`)
    .replace(/\b(3600|86400)\b/g, (time) => String(Number(time) / scale));
  assertEquals(scaled.split("\n").filter((line) => /\b\d+[mh]\b|\b3600\b/.test(line)), []);
  return scaled.replace("1e9", String(littleBytes));
}

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [at: number, value: string];
}

/** A Prometheus that scrapes a node exporter, which reads what `metrics --out` writes. */
class Watch implements AsyncDisposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "evolve-prometheus-" });
  readonly #children: Deno.ChildProcess[] = [];
  #address = "";

  file(run: Run): string {
    return `${this.folder}/${run.name}.prom`;
  }

  async start(rules: string): Promise<void> {
    const exporter = freeAddress();
    this.#address = freeAddress();
    await Deno.writeTextFile(`${this.folder}/rules.yml`, rules);
    await Deno.writeTextFile(
      `${this.folder}/prometheus.yml`,
      (await Deno.readTextFile(`${root}/ops/prometheus/prometheus.yml`))
        .replace("15s", "500ms\n  evaluation_interval: 500ms").replace("evolve.rules.yml", "rules.yml")
        .replace("127.0.0.1:9100", exporter),
    );
    this.#spawn("prometheus-node-exporter", [
      "--collector.disable-defaults",
      "--collector.textfile",
      `--collector.textfile.directory=${this.folder}`,
      `--web.listen-address=${exporter}`,
    ]);
    this.#spawn("prometheus", [
      `--config.file=${this.folder}/prometheus.yml`,
      `--storage.tsdb.path=${this.folder}/data`,
      `--web.listen-address=${this.#address}`,
    ]);
    await until("Prometheus is ready", () => this.#get("/-/ready").then(() => true, () => false));
  }

  #spawn(program: string, args: string[]): void {
    this.#children.push(new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn());
  }

  async #get(path: string): Promise<string> {
    const response = await fetch(`http://${this.#address}${path}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return text;
  }

  async query(query: string): Promise<Sample[]> {
    return JSON.parse(await this.#get(`/api/v1/query?query=${encodeURIComponent(query)}`)).data.result;
  }

  async labels(name: string, metric: string): Promise<string[]> {
    return JSON.parse(await this.#get(`/api/v1/label/${name}/values?match[]=${metric}`)).data;
  }

  /** Waits until an alert on a run has fired. */
  async fired(alert: string, run: Run): Promise<void> {
    const firing = `ALERTS{alertstate="firing",alertname="${alert}",run="${run.name}"}`;
    await until(`${alert} fires`, async () => (await this.query(`count_over_time(${firing}[1h])`)).length > 0);
  }

  /** Waits until an alert on a run is over. */
  async resolved(alert: string, run: Run): Promise<void> {
    const present = `ALERTS{alertname="${alert}",run="${run.name}"}`;
    await until(`${alert} resolves`, async () => (await this.query(present)).length === 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) child.kill();
    for (const child of this.#children) await child.status;
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** An address that nothing listens at. */
function freeAddress(): string {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return `127.0.0.1:${(listener.addr as Deno.NetAddr).port}`;
}

/** Asks again and again; what never comes fails with its name, long after it could have come on a slow machine. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let asked = 0; !await isSo(); asked++) {
    if (asked > 600) throw new Error(`It did not happen: ${what}.`);
    await new Promise((go) => setTimeout(go, 200));
  }
}

/** Has a run write its metrics after each cycle, as docs/metrics.md says. */
async function keepMetrics(run: Run, file: string): Promise<void> {
  const command = [`${root}/bin/evolve`, "metrics", "--run", run.name, "--out", file];
  const hooks = [{ on: ["cycle.finished"], command, timeoutSeconds: 60 }];
  await Deno.writeTextFile(`${run.folder}/workspace/config.json`, JSON.stringify({ hooks }));
}

/** A template of which each agent fails that has all its genes. */
async function failingTemplate(folder: string): Promise<string> {
  const template = `${folder}/template`, from = `${root}/examples/starter`;
  for (const path of ["src", "data"]) {
    await Deno.mkdir(`${template}/${path}`, { recursive: true });
    for (const { name } of Deno.readDirSync(`${from}/${path}`)) {
      await Deno.copyFile(`${from}/${path}/${name}`, `${template}/${path}/${name}`);
    }
  }
  await Deno.copyFile(`${from}/world.ts`, `${template}/world.ts`);
  await Deno.writeTextFile(
    `${template}/src/fail.ts`,
    `/** Fails.\n *\n * @phase look */\nexport function fail(): void {\n  throw new Error("as it is to");\n}\n`,
  );
  return template;
}

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

Deno.test("Prometheus has data for each panel, and each alert fires and resolves", { ignore }, async (test) => {
  await using flowing = new Run();
  await using failing = new Run();
  await using alike = new Run();
  await using watch = new Watch();
  const tell = (run: Run) => run.step("metrics", "--out", watch.file(run));

  await flowing.step("init", "--template", `${root}/examples/starter`, "--count", "12", "--seed", "1");
  await keepMetrics(flowing, watch.file(flowing));
  await tell(flowing);
  const [free] = /^evolve_disk_free_bytes\{.*\} (\d+)$/m.exec(await flowing.step("metrics"))!.slice(1).map(Number);
  await watch.start(await scaledRules(free! - 1e9));
  await flowing.step("lifecycle", "--cycles", "3");

  await test.step("each panel's query gives data", async () => {
    const { panels } = JSON.parse(await Deno.readTextFile(`${root}/ops/grafana/evolve.json`)) as { panels: Panel[] };
    const queries = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const));
    assert(queries.length >= panels.length);
    for (const [title, expr] of queries) {
      const query = expr.replaceAll("$run", flowing.name).replaceAll("$__rate_interval", "5m");
      await until(`data for ${title}`, async () => {
        // A step that was not run lately has no mean time: NaN.
        return (await watch.query(query)).some(({ value }) => Number.isFinite(Number(value[1])));
      });
    }
    assertEquals(await watch.labels("run", "evolve_cycles_total"), [flowing.name]);
    assertEquals((await watch.query(`evolve_cycles_total{run="${flowing.name}"}`))[0]!.value[1], "3");
  });

  await test.step("EvolveStalled", async () => {
    await watch.fired("EvolveStalled", flowing);
    await tell(flowing);
    await watch.resolved("EvolveStalled", flowing);
  });

  await test.step("EvolveDiskLow", async () => {
    await new Deno.Command("fallocate", { args: ["-l", "2G", `${flowing.folder}/filler`] }).output();
    await tell(flowing);
    await watch.fired("EvolveDiskLow", flowing);
    await Deno.remove(`${flowing.folder}/filler`);
    await tell(flowing);
    await watch.resolved("EvolveDiskLow", flowing);
  });

  await test.step("EvolveConverged", async () => {
    const same = Array.from({ length: 12 }, () => ["--from", `${flowing.name}:best`]).flat();
    await alike.step("init", "--template", `${root}/examples/starter`, "--count", "12", "--seed", "1", ...same);
    await tell(alike);
    await watch.fired("EvolveConverged", alike);
    await alike.step("init", "--count", "24");
    await tell(alike);
    await watch.resolved("EvolveConverged", alike);
  });

  await test.step("EvolveCrashing", async () => {
    const template = await failingTemplate(watch.folder);
    await failing.step("init", "--template", template, "--count", "12", "--seed", "1", "--active", "1");
    await keepMetrics(failing, watch.file(failing));
    await failing.step("lifecycle", "--cycles", "3");
    await watch.fired("EvolveCrashing", failing);
    await watch.resolved("EvolveCrashing", failing);
  });
});

Deno.test("the rules' own tests pass", { ignore }, async () => {
  const { code, stdout, stderr } = await new Deno.Command("promtool", {
    args: ["test", "rules", "evolve.rules.test.yml"],
    cwd: `${root}/ops/prometheus`,
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
});
