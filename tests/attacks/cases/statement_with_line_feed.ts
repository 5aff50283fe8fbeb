import { restate, tampering } from "../tampering.ts";

export default tampering({
  goal: "Have one signature stand for two statements.",
  way: "A line feed shifts the borders between the parts of a statement, whose signed text stays the same.",
  tamper(place) {
    const { runtime, world } = place.statement;
    restate(place, { runtime: `${runtime}\n${world}`, world: "" });
  },
  by: "artifact.unsigned",
});
