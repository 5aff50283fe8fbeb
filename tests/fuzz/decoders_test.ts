import { assert } from "@std/assert";
import { decoders } from "./decoders/all.ts";
import { decodeMany } from "./work.ts";

for (const [name, load] of Object.entries(decoders)) {
  Deno.test(`the decoder of ${name} bears random and changed inputs (deno task test:fuzz has many more)`, async () => {
    const { inputs, accepted } = await decodeMany(await load(), 300, { seed: 7 });
    assert(accepted > 0 && accepted <= inputs, `${accepted} of ${inputs} were accepted`);
  });
}
