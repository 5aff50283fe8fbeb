import { tampering } from "../tampering.ts";

export default tampering({
  goal: "Run as the artifact of another, fitter genome.",
  way: "The other's artifact, validly signed, lies under the name of one's own.",
  tamper: ({ victim, other }) => Deno.copyFile(other.path, victim.path),
  by: "cut anew",
});
