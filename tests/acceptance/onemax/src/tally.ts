import type { Life } from "evolve/contract";

/** @phase act */
export function tally(life: Life): number {
  return life.signal("ones");
}
