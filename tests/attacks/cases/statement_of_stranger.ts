import { restate, tampering } from "../tampering.ts";

import { ensureKeys } from "../../../lib/signing/keys.ts";
import { loadSigner } from "../../../lib/signing/sign.ts";

export default tampering({
  goal: "Have a program run that a stranger signed.",
  way: "A statement that is right in every part, signed with another key.",
  async tamper(place) {
    const folder = `${place.run.paths.root}/stranger`;
    await ensureKeys({ privateKey: `${folder}/private/key.json`, publicKey: `${folder}/public/key.json` });
    const signer = await loadSigner(`${folder}/private/key.json`);
    restate(place, { signature: await signer.sign(place.statement) });
  },
  by: "artifact.unsigned",
});
