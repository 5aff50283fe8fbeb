/**
 * The configuration of the NATS server that is a broker.
 *
 * @module
 */

import { most, type Role } from "../../evaluators/names.ts";
import { type Subjects, subjectsOf } from "../../evaluators/subjects.ts";

/** The files of the broker's folder. */
export const brokerFiles = {
  /** What the server is started with; written once, and its owner's from then on. */
  main: "nats-server.conf",
  /** What is included: written anew whenever it is to be another one. */
  access: "access.conf",
  /** The certificate and its private key. */
  certificate: "server.pem",
} as const;

/** What a server is started with. */
export function mainConfig(): string {
  return `# A broker of evaluators. Start it in this folder: nats-server -c ${brokerFiles.main}
# This file is yours to edit; \`deno task keys\` writes ${brokerFiles.access} alone anew.
port: 4222
max_payload: ${most.messageBytes}
jetstream {
  store_dir: "jetstream"
}
include "${brokerFiles.access}"
`;
}

/**
 * Where a server listens, how it proves what it is, and what each role may do.
 *
 * @param users The public nkey of each role.
 * @param isLocal Whether its certificate names this machine alone.
 */
export function accessConfig(users: Readonly<Record<Role, string>>, isLocal: boolean): string {
  const { certificate } = brokerFiles;
  return `# Written by \`deno task keys\`; changes are lost.
host: "${isLocal ? "127.0.0.1" : "0.0.0.0"}"
tls {
  cert_file: "${certificate}"
  key_file: "${certificate}"
  timeout: 10
}
authorization {
  timeout: 10
  users: [
${Object.entries(users).map(([role, nkey]) => user(role, nkey, subjectsOf[role as Role])).join("")}  ]
}
`;
}

function user(role: string, nkey: string, { publish, subscribe }: Subjects): string {
  return `    # ${role}
    {
      nkey: ${nkey}
      permissions: {
        publish: { allow: ${list(publish)} }
        subscribe: { allow: ${list(subscribe)} }
      }
    }
`;
}

function list(subjects: readonly string[]): string {
  return `[\n${subjects.map((subject) => `          "${subject}"\n`).join("")}        ]`;
}
