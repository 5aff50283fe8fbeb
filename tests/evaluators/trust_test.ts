import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { isDrawn, trust, trustStage, verifiedShare } from "../../lib/evaluators/trust.ts";

const fresh = { replies: 0, verified: 0 };
const usual = { replies: trust.newReplies, verified: trust.provenVerified - 1 };
const proven = { replies: trust.newReplies, verified: trust.provenVerified };

/** How many of 20,000 replies are drawn. */
const drawn = (share: number) => Array.from({ length: 20_000 }, () => isDrawn(share)).filter((is) => is).length;

Deno.test("more of a new evaluator's replies are verified, and fewer of a proven one's, but some", () => {
  assertEquals([fresh, usual, proven].map(trustStage), ["new", "usual", "proven"]);
  assertEquals(trustStage({ ...proven, replies: trust.newReplies - 1 }), "new");
  for (const fraction of [0.001, 0.02, 0.1, 0.5]) {
    const [ofNew, ofUsual, ofProven] = [fresh, usual, proven].map((one) => verifiedShare(fraction, one));
    assertAlmostEquals(ofUsual!, fraction, 1e-12);
    assert(ofNew! > ofUsual! && ofUsual! > ofProven! && ofProven! >= fraction / 4, `${ofNew} ${ofUsual} ${ofProven}`);
  }
  // About five times as many, and a quarter; by chance as much beside it happens once in more than 10⁹ times.
  const expected: [typeof fresh, number][] = [[fresh, 1922], [usual, 400], [proven, 101]];
  for (const [one, mean] of expected) {
    const count = drawn(verifiedShare(0.02, one));
    assert(Math.abs(count - mean) < 6.5 * Math.sqrt(mean), `${count} of ${mean}`);
  }
});

Deno.test("a configured share of 0 stays none, and one of 1 stays all", () => {
  for (const one of [fresh, usual, proven]) {
    assertEquals([verifiedShare(0, one), verifiedShare(1, one)], [0, 1]);
  }
  assertEquals([drawn(0), drawn(1)], [0, 20_000]);
});
