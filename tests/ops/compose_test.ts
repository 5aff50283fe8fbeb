import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/yaml";
import { read } from "../docs_pages.ts";
import { projectRoot } from "../../lib/run/paths.ts";

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly read_only?: boolean;
  readonly volumes: readonly string[];
}

const compose = parse(await read("compose.yaml")) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
};
const services = Object.entries(compose.services);

Deno.test("compose.yaml mounts what is there, and volumes that it names", () => {
  for (const [name, { volumes }] of services) {
    for (const volume of volumes) {
      const [source] = volume.split(":") as [string];
      if (source.startsWith("./")) assert(Deno.statSync(`${projectRoot}/${source}`).isFile, volume);
      else assert(source in compose.volumes, `${name}: ${volume}`);
    }
  }
});

Deno.test("compose.yaml: what is built here can write its volumes alone, and the image has their folders", async () => {
  const own = services.filter(([, { image }]) => image === "evolve");
  assertEquals(own.map(([name, { read_only, build }]) => [name, read_only, build]), [
    ["orchestrator", true, "."],
    ["metrics", true, undefined],
  ]);
  const dockerfile = await read("Dockerfile");
  const targets = own.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(":")[1]!));
  assertEquals(new Set(targets), new Set(["/data", "/metrics"]));
  assertStringIncludes(dockerfile, "chown 10001:10001 /data /metrics");
});

Deno.test("compose.yaml: Prometheus scrapes the service that exports, by rules that it is given", async () => {
  const config = parse(await read("ops/container/prometheus.yml")) as {
    readonly rule_files: readonly string[];
    readonly scrape_configs: readonly { readonly static_configs: readonly { readonly targets: readonly string[] }[] }[];
  };
  const targets = config.scrape_configs.flatMap((job) => job.static_configs.flatMap(({ targets }) => targets));
  assertEquals(targets.map((target) => target.split(":")[0]! in compose.services), [true]);
  const mounted = compose.services["prometheus"]!.volumes.map((volume) => volume.split(":")[1]!);
  for (const file of config.rule_files) assert(mounted.includes(`/etc/prometheus/${file}`), file);
});

Deno.test("the image is of the Deno that the project is of", async () => {
  assertStringIncludes(await read("Dockerfile"), `-${(await read(".dvmrc")).trim()}\n`);
});
