import type { GeneContext } from "evolve/contract";

function one(context: GeneContext): void {
  context.emit("ones", context.signal("ones") + 1);
}

/** @phase express */
export function bit0(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit1(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit2(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit3(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit4(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit5(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit6(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit7(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit8(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit9(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit10(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit11(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit12(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit13(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit14(context: GeneContext): void {
  one(context);
}

/** @phase express */
export function bit15(context: GeneContext): void {
  one(context);
}
