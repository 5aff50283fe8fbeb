import type { GeneContext } from "evolve/contract";

/** Called by `lean` alone. */
export function stand(value: number): number {
  return value / 2;
}

/** @phase sense */
export function lean(context: GeneContext): void {
  context.emit("lean", stand(context.perception.length!));
}
