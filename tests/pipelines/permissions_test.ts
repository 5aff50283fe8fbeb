import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";

const privateKey = "./workspace/keys/private/probe";
const publicKey = "./workspace/keys/public/probe";
const [supervisorKey, evaluatorKey] = ["supervisor", "evaluator"].map((role) => `./workspace/keys/nats/${role}/probe`);

/** What each of these is tried with; what is not named in a step's list below must be refused. */
const everything = [
  "read /etc/hostname",
  "read ./README.md",
  "read ./agent_template/world.ts",
  "read ./plugins/probe",
  "read ./agents/probe",
  "read ./logs/probe",
  "read ./runs/probe",
  "read ./workspace/listing.db",
  "read ./workspace/listing.db-wal",
  "read ./workspace/config.json",
  "read ./workspace/store/probe",
  "read ./workspace/evaluators/probe",
  "read ./workspace/residents/probe",
  "read ./workspace/template/probe",
  "read ./workspace/reports/probe",
  `read ${privateKey}`,
  `read ${publicKey}`,
  `read ${supervisorKey}`,
  `read ${evaluatorKey}`,
  "write /tmp/probe",
  "write ./deno.json",
  "write ./deno.lock",
  "write ./lib/issue.ts",
  "write ./pipelines/scan.ts",
  "write ./agent_template/world.ts",
  "write ./plugins/probe",
  "write ./agents/probe",
  "write ./logs/probe",
  "write ./runs/probe",
  "write ./workspace/listing.db",
  "write ./workspace/config.json",
  "write ./workspace/store/probe",
  "write ./workspace/evaluators/probe",
  "write ./workspace/residents/probe",
  "write ./workspace/template/probe",
  "write ./workspace/reports/probe",
  `write ${privateKey}`,
  `write ${publicKey}`,
  `write ${evaluatorKey}`,
  "run ls",
  "run deno",
  "run kill",
  "run /bin/sh",
  "net",
  "env HOME",
  "env PATH",
  "env INIT_CWD",
  "env EVOLVE_PROBE",
  "sys",
  "ffi /tmp/probe.so",
] as const;

const logs = ["read ./logs/probe", "write ./logs/probe"];
const runs = ["read ./runs/probe", "write ./runs/probe"];
const listing = ["read ./workspace/listing.db", "write ./workspace/listing.db"];
const state = [...logs, ...runs, ...listing];
/** What steps need that only read the listing. */
const reading = [...logs, ...runs, "read ./workspace/listing.db", "read ./workspace/listing.db-wal"];

/** All that each step may do of it. */
const allowed: Record<string, readonly string[]> = {
  init: [
    ...everything.filter((one) => one.startsWith("read ") && !one.includes("keys/nats")),
    ...everything.filter((one) =>
      /^write \.\/(agents|logs|runs|workspace)\//.test(one) && !/config\.json|keys\/nats/.test(one)
    ),
    "run /bin/sh",
    "env INIT_CWD",
  ],
  new: [
    ...everything.filter((one) => one.startsWith("read ") && !one.includes("keys")),
    ...everything.filter((one) => one.startsWith("write /tmp/") || one === "write ./logs/probe"),
    "env INIT_CWD",
  ],
  key: [
    ...logs,
    ...[privateKey, publicKey].flatMap((key) => [`read ${key}`, `write ${key}`]),
  ],
  keys: [
    ...logs,
    `read ${publicKey}`,
    ...[supervisorKey, evaluatorKey].map((key) => `read ${key}`),
    `write ${evaluatorKey}`,
  ],
  scan: [...state, "read ./agents/probe", "read ./workspace/template/probe"],
  "sync-wiring": [
    ...state,
    "read ./agents/probe",
    "write ./agents/probe",
    "read ./workspace/template/probe",
  ],
  build: [
    ...state,
    "read ./agents/probe",
    "write ./agents/probe",
    "read ./workspace/template/probe",
    "read ./workspace/store/probe",
    "write ./workspace/store/probe",
    `read ${privateKey}`,
    "run /bin/sh",
  ],
  supervise: [
    ...state,
    "read ./agents/probe",
    "write ./agents/probe",
    "read ./workspace/config.json",
    "read ./workspace/template/probe",
    "read ./workspace/store/probe",
    "read ./workspace/residents/probe",
    "write ./workspace/residents/probe",
    `read ${publicKey}`,
    "run /bin/sh",
  ],
  select: [
    ...state,
    "read ./agents/probe",
    "write ./agents/probe",
    "read ./plugins/probe",
    "read ./workspace/config.json",
    "read ./workspace/template/probe",
  ],
  hooks: [
    ...state,
    "read ./plugins/probe",
    "read ./workspace/config.json",
    ...everything.filter((one) => one.startsWith("run ")),
    "net",
    "env EVOLVE_PROBE",
  ],
  report: [
    ...reading,
    "read ./workspace/template/probe",
    "read ./workspace/reports/probe",
    "write ./workspace/reports/probe",
  ],
  metrics: [
    ...everything.filter((one) => one.startsWith("read ") && !one.includes("/keys/")),
    ...everything.filter((one) => /^write (\/tmp|\.\/(logs|runs))\//.test(one)),
    "env INIT_CWD",
  ],
  export: [
    ...everything.filter((one) => one.startsWith("read ") && !one.includes("/keys/")),
    ...everything.filter((one) => /^write (\/tmp|\.\/(logs|runs))\//.test(one)),
    "env INIT_CWD",
    "net",
  ],
  lifecycle: [...state, "run /bin/sh"],
  start: [...state, "run /bin/sh"],
  status: [...reading, "read ./workspace/template/probe", "run /bin/sh"],
  explain: [...reading, "read ./workspace/template/probe"],
  show: [
    ...reading,
    "read ./workspace/template/probe",
    "read ./workspace/store/probe",
    `read ${publicKey}`,
    ...everything.filter((one) => one.startsWith("write /tmp/")),
    "env INIT_CWD",
  ],
  answers: [
    ...reading,
    "read ./workspace/config.json",
    "read ./workspace/template/probe",
    "read ./workspace/store/probe",
    `read ${publicKey}`,
    "run /bin/sh",
  ],
  replay: [
    ...reading,
    "read ./workspace/config.json",
    "read ./workspace/template/probe",
    "read ./workspace/store/probe",
    `read ${publicKey}`,
    ...everything.filter((one) => one.startsWith("write /tmp/")),
    "env INIT_CWD",
    "run /bin/sh",
  ],
  draw: [
    ...reading,
    "read ./workspace/config.json",
    "read ./workspace/template/probe",
    "read ./workspace/store/probe",
    `read ${publicKey}`,
    "read ./workspace/reports/probe",
    "write ./workspace/reports/probe",
    "run /bin/sh",
  ],
  race: [
    ...state,
    "read ./workspace/config.json",
    "read ./workspace/template/probe",
    "read ./workspace/store/probe",
    `read ${publicKey}`,
    "run /bin/sh",
  ],
  ablate: [
    ...state,
    "read ./workspace/config.json",
    "read ./workspace/template/probe",
    "read ./workspace/store/probe",
    `read ${publicKey}`,
    ...everything.filter((one) => one.startsWith("write /tmp/")),
    "env INIT_CWD",
    "run /bin/sh",
  ],
  controls: [
    ...reading,
    "read ./workspace/config.json",
    "read ./workspace/template/probe",
    "read ./workspace/store/probe",
    `read ${publicKey}`,
    "run /bin/sh",
  ],
  try: [
    ...everything.filter((one) => one.startsWith("read ") && !one.includes("/keys/")),
    "run /bin/sh",
    "env INIT_CWD",
  ],
  compare: [
    ...everything.filter((one) => one.startsWith("read ") && !one.includes("/keys/")),
    "run /bin/sh",
    "env INIT_CWD",
  ],
  evaluator: [
    "read ./workspace/evaluators/probe",
    "write ./workspace/evaluators/probe",
    `read ${publicKey}`,
    `read ${evaluatorKey}`,
    "run /bin/sh",
    "net",
    "sys",
  ],
  logs: [...reading, "read ./workspace/residents/probe", "read ./workspace/template/probe"],
  annotate: [],
  bench: [
    ...everything.filter((one) => one.startsWith("read ") || one.startsWith("run ")),
    "write ./runs/probe",
  ],
  soak: [...everything.filter((one) => one.startsWith("read ")), "write ./runs/probe", "run /bin/sh"],
  prove: [...everything.filter((one) => one.startsWith("read ") && !one.includes("/keys/")), "run /bin/sh"],
  runs: [
    ...everything.filter((one) => /^read \.\/(agents|logs|runs|workspace)\//.test(one) && !one.includes("keys")),
    "write ./logs/probe",
    "write ./runs/probe",
  ],
  stop: [
    ...state,
    "read ./workspace/residents/probe",
    "write ./workspace/residents/probe",
    "run kill",
    "run /bin/sh",
  ],
  enable: state,
  backup: [
    ...everything.filter((one) => one.startsWith("read ") && !one.includes("keys")),
    ...everything.filter((one) => /^write (\/tmp|\.\/(agents|logs|runs|workspace))\//.test(one)),
    "env INIT_CWD",
  ].filter((one) => !/^write .*(config\.json|keys)/.test(one)),
  restore: [
    ...everything.filter((one) => one.startsWith("read ") && !/keys\/(private|nats)/.test(one)),
    ...everything.filter((one) => /^write \.\/(agents|logs|runs|workspace)\//.test(one) && !one.includes("keys")),
    "env INIT_CWD",
  ],
  doctor: [
    ...everything.filter((one) => /^(read|write) \.\/(agents|logs|runs|workspace)\//.test(one)),
    "read ./agent_template/world.ts",
  ].filter((one) => one !== "write ./workspace/config.json" && !/^write .*keys|keys\/(private|nats)/.test(one)),
};

const { permissions } = JSON.parse(await Deno.readTextFile(`${projectRoot}/deno.json`));

Deno.test("permission sets: there is one for each step, and each is tested", () => {
  assertEquals(Object.keys(permissions).toSorted(), Object.keys(allowed).toSorted());
});

for (const [step, wanted] of Object.entries(allowed)) {
  Deno.test(`permission set ${step} allows what the step needs and refuses the rest`, async () => {
    const probe = "tests/pipelines/fixtures/permission_probe.ts";
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-prompt", `-P=${step}`, probe, ...everything],
      cwd: projectRoot,
    }).output();
    const text = new TextDecoder();
    assertEquals(text.decode(stderr), "");
    assertEquals(JSON.parse(text.decode(stdout)).toSorted(), [...new Set(wanted)].toSorted());
  });
}
