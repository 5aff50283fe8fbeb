import type { Life } from "evolve/contract";

function one(life: Life): void {
  life.emit("ones", life.signal("ones") + 1);
}

/** @phase express */
export function bit0(life: Life): void {
  one(life);
}

/** @phase express */
export function bit1(life: Life): void {
  one(life);
}

/** @phase express */
export function bit2(life: Life): void {
  one(life);
}

/** @phase express */
export function bit3(life: Life): void {
  one(life);
}

/** @phase express */
export function bit4(life: Life): void {
  one(life);
}

/** @phase express */
export function bit5(life: Life): void {
  one(life);
}

/** @phase express */
export function bit6(life: Life): void {
  one(life);
}

/** @phase express */
export function bit7(life: Life): void {
  one(life);
}

/** @phase express */
export function bit8(life: Life): void {
  one(life);
}

/** @phase express */
export function bit9(life: Life): void {
  one(life);
}

/** @phase express */
export function bit10(life: Life): void {
  one(life);
}

/** @phase express */
export function bit11(life: Life): void {
  one(life);
}

/** @phase express */
export function bit12(life: Life): void {
  one(life);
}

/** @phase express */
export function bit13(life: Life): void {
  one(life);
}

/** @phase express */
export function bit14(life: Life): void {
  one(life);
}

/** @phase express */
export function bit15(life: Life): void {
  one(life);
}
