/**
 * What each role may do at a broker: the subjects on which it publishes and which it hears, and no others.
 *
 * @module
 */

import { broker as names, bucketOf, evaluationsOf, inboxesOf, repliesTo, type Role } from "./names.ts";

/** Subjects, with NATS' wildcards: `*` for one part, `>` for all that follow. */
export interface Subjects {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

const { evaluations, replies } = names;
const programs = bucketOf(names.programs), evaluators = bucketOf(names.evaluators);

/** To read one message of a stream, in the ways of clients that ask its leader, or whichever server is near. */
const get = (stream: string) =>
  ["STREAM.MSG.GET", "DIRECT.GET"].map((verb) => `$JS.API.${verb}.${stream}`)
    .concat(`$JS.API.DIRECT.GET.${stream}.>`);

/** To make or renew a consumer, under the names that servers of all versions know. */
const consume = (stream: string) =>
  ["CONSUMER.CREATE", "CONSUMER.DURABLE.CREATE"].flatMap((verb) =>
    ["", ".>"].map((end) => `$JS.API.${verb}.${stream}${end}`)
  );

/** By role. An evaluator makes and removes nothing, writes no programs, and hands out no evaluations. */
export const subjectsOf: Readonly<Record<Role, Subjects>> = {
  supervisor: {
    publish: [
      "$JS.API.INFO",
      ...[evaluations, replies, programs, evaluators].flatMap((stream) =>
        ["STREAM.CREATE", "STREAM.INFO", "STREAM.UPDATE"].map((verb) => `$JS.API.${verb}.${stream}`)
      ),
      ...[evaluations, replies].map((stream) => `$JS.API.STREAM.PURGE.${stream}`),
      ...get(evaluations),
      `$JS.API.STREAM.MSG.DELETE.${evaluations}`,
      ...[evaluations, replies, evaluators].flatMap(consume),
      ...["INFO", "DELETE"].flatMap((verb) =>
        [evaluations, replies, evaluators].map((stream) => `$JS.API.CONSUMER.${verb}.${stream}.*`)
      ),
      `$JS.API.CONSUMER.MSG.NEXT.${replies}.*`,
      ...[programs, evaluators].flatMap(get),
      evaluationsOf("*", "*"),
      `$KV.${names.programs}.>`,
    ],
    subscribe: [
      `${inboxesOf("supervisor")}.>`,
      `$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${evaluations}.*`,
    ],
  },
  evaluator: {
    publish: [
      "$JS.API.INFO",
      ...[programs, evaluators].map((stream) => `$JS.API.STREAM.INFO.${stream}`),
      `$JS.API.CONSUMER.INFO.${evaluations}.*`,
      `$JS.API.CONSUMER.MSG.NEXT.${evaluations}.*`,
      `$JS.ACK.${evaluations}.>`,
      ...[evaluations, programs, evaluators].flatMap(get),
      `$KV.${names.evaluators}.>`,
      repliesTo("*"),
    ],
    subscribe: [`${inboxesOf("evaluator")}.>`],
  },
};
