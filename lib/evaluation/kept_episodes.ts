/**
 * Whether the measures of each episode are kept, beside the means.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";
import type { WorldSettings } from "../runtime/contract.ts";

/** Whether the measures of each episode are kept: where one differs from another by more than chance, or where the fitness asks. */
export function keepsEpisodes({ objectives, instances }: WorldSettings, { of }: Config["fitness"]): boolean {
  return objectives !== undefined || instances !== undefined || of !== "mean";
}
