import { restate, tampering } from "../tampering.ts";

import { loadSigner } from "../../../lib/signing/sign.ts";

export default tampering({
  goal: "Have a program run that was built under rules which have been given up.",
  way: "A validly signed statement of another policy.",
  async tamper(place) {
    const signer = await loadSigner(place.run.paths.privateKey);
    const policy = "gene-typescript/0";
    restate(place, { policy, signature: await signer.sign({ ...place.statement, policy }) });
  },
  by: "artifact.unsigned",
});
