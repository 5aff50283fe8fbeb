/** All decoders of untrusted bytes by name, loaded where they are used. */

import type { Decoder } from "../decoder.ts";

/** All decoders by name. */
export const decoders: Readonly<Record<string, () => Promise<Decoder>>> = {
  genome: async () => (await import("./genome.ts")).genome,
  reply: async () => (await import("./reply.ts")).reply,
  error: async () => (await import("./reply.ts")).error,
  mail: async () => (await import("./reply.ts")).mail,
  verdict: async () => (await import("./verdict.ts")).verdict,
  stdin: async () => (await import("./stdin.ts")).stdin,
  text: async () => (await import("./texts.ts")).text,
  configuration: async () => (await import("./texts.ts")).configuration,
  manifest: async () => (await import("./archive.ts")).manifest,
  archive: async () => (await import("./archive.ts")).archive,
  listing: async () => (await import("./listing.ts")).listing,
  data: async () => (await import("./data.ts")).data,
  shared: async () => (await import("./messages.ts")).shared,
  batch: async () => (await import("./messages.ts")).batch,
  replies: async () => (await import("./messages.ts")).repliesOfEvaluators,
  presence: async () => (await import("./messages.ts")).presence,
  source: async () => (await import("./source.ts")).source,
};
