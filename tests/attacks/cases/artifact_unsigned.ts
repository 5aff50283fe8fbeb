import { tampering } from "../tampering.ts";

export default tampering({
  goal: "Have a program run that nobody signed.",
  way: "The signed statement is taken away, the artifact is left.",
  tamper({ victim, listing }) {
    listing.run("DELETE FROM statements WHERE genome = ?", victim.genome);
  },
  by: "artifact.unsigned",
});
