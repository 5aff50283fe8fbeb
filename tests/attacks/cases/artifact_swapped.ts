import { tampering } from "../tampering.ts";

export default tampering({
  goal: "Run as the artifact of another, fitter genome.",
  way: "The listing names the other's artifact, which is as validly signed.",
  tamper({ victim, other, listing }) {
    listing.run("UPDATE agents SET build_hash = ? WHERE id = ?", other.artifact, victim.id);
  },
  by: "artifact.unsigned",
});
