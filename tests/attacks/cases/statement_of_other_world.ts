import { restate, tampering } from "../tampering.ts";

import { loadSigner } from "../../../lib/signing/sign.ts";

export default tampering({
  goal: "Live in an easier world than the one that it is judged by.",
  way: "A validly signed statement of another world.",
  async tamper(place) {
    const signer = await loadSigner(place.run.paths.privateKey);
    const world = "f".repeat(64);
    restate(place, { world, signature: await signer.sign({ ...place.statement, world }) });
  },
  by: "artifact.unsigned",
});
