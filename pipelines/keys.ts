/**
 * Makes the keys by which a broker of evaluators, supervisors and evaluators know each other.
 *
 * @module
 */

import { BadValue, runStep, wholeNumber } from "../lib/step/step.ts";

await runStep({
  name: "keys",
  brief: "Makes the keys and the configuration of a broker that evaluators on other machines reach.",
  description:
    "Writes into workspace/keys/nats/ a folder for the broker, one for the runs and one for machines of evaluators. What " +
    "is there stays, unless --renew or --replace asks for another one. See docs/evaluators.md.",
  creates: true,
  ownRuns: true,
  columns: ["hosts", "until", "written"],
  flags: {
    host: {
      kind: "parsed",
      parse: readHosts,
      brief: "Names and addresses by which others reach the broker's machine: head1,10.0.0.5.",
      placeholder: "hosts",
      optional: true,
    },
    days: {
      kind: "parsed",
      parse: wholeNumber(1, 3650),
      brief: "For how many days a new certificate of the broker holds.",
      placeholder: "n",
      default: "365",
    },
    renew: {
      kind: "boolean",
      brief: "Make the broker's certificate anew, and leave all else as it is.",
      default: false,
      withNegated: false,
    },
    replace: {
      kind: "boolean",
      brief: "Make all keys anew: what was copied to other machines before is refused from then on.",
      default: false,
      withNegated: false,
    },
  },
  run: async (flags, step) => {
    const { keys } = await import("../lib/steps/keys/keys.ts");
    return await keys(step, flags);
  },
});

function readHosts(text: string): readonly string[] {
  const hosts = text.split(",").map((one) => one.trim().toLowerCase());
  for (const host of hosts) {
    if (!isHost(host)) throw new BadValue("must be names or addresses of a machine, separated by commas");
  }
  return [...new Set(hosts)];
}

function isHost(text: string): boolean {
  if (text.includes(":")) return URL.canParse(`http://[${text}]`);
  if (/^[0-9.]+$/.test(text)) return /^([0-9]{1,3}\.){3}[0-9]{1,3}$/.test(text) && URL.canParse(`http://${text}`);
  return text.length <= 253 && /^[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_-]{1,63})*$/.test(text);
}
