/**
 * What machine a session runs on.
 *
 * @module
 */

import { told } from "./shell.ts";

/** Processor, cores, kernel and Deno in words. Needs run permission for `/bin/sh`. */
export async function machineInWords(): Promise<string> {
  const model = await told("grep -m1 'model name' /proc/cpuinfo | cut -d: -f2");
  const kernel = await told("uname -srm");
  return `${navigator.hardwareConcurrency} cores${model ? ` of ${model}` : ""}, ${kernel}, Deno ${Deno.version.deno}`;
}

/** Load of the machine over the last 15 minutes, or null where it does not tell. Needs run permission for `/bin/sh`. */
export async function loadOf(): Promise<number | null> {
  const load = Number.parseFloat((await told("cut -d' ' -f3 /proc/loadavg")) || "NaN");
  return Number.isFinite(load) ? load : null;
}
