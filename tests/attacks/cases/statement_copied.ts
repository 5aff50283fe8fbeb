import { restate, tampering } from "../tampering.ts";

export default tampering({
  goal: "Run as the artifact of another, fitter genome.",
  way: "The other's statement is copied with one's own genome in it.",
  async tamper(place) {
    const { victim, other, listing } = place;
    const { signature } = listing.get<{ signature: string }>(
      "SELECT signature FROM statements WHERE genome = ?",
      other.genome,
    )!;
    await Deno.copyFile(other.path, victim.path);
    restate(place, { artifact: other.artifact, signature });
    listing.run("UPDATE agents SET build_hash = ? WHERE id = ?", other.artifact, victim.id);
  },
  by: "artifact.unsigned",
});
