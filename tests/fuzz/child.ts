/** One decoder and its inputs, in a process of its own: `child.ts DECODER COUNT SEED`; tells on stdout how far it is. */

import { decoders } from "./decoders/all.ts";
import { decodeMany } from "./work.ts";

const [name, count, seed] = Deno.args as [string, string, string];
const tell = (value: unknown) => Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
tell(await decodeMany(await decoders[name]!(), Number(count), { seed: Number(seed), onProgress: tell }));
