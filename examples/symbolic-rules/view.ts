/**
 * The confusion matrix of the rows classified so far, beside the rows by two of their measures.
 *
 * @module
 */

import type { Shape } from "evolve/contract";
import type { State } from "./world.ts";

const COLOURS = Object.freeze(["blue", "orange", "green"] as const);

/** On the left how many rows of each cultivar (down) were classified as each one (across); on the right each row. */
export function view(state: State): Shape[] {
  return [...confusion(state), ...scatter(state)];
}

function confusion({ table, rows, predicted }: State): Shape[] {
  const counts = COLOURS.map(() => COLOURS.map(() => 0));
  for (const [i, action] of predicted.entries()) counts[table.cultivar[rows[i]!]! - 1]![action]!++;
  return counts.flatMap((line, truth) =>
    line.flatMap((count, action): Shape[] => {
      const [x, y] = [3 * action, 3 * truth];
      const color = count === 0 ? "grey" : action === truth ? COLOURS[action]! : "red";
      const label = `cultivar ${truth + 1}, predicted ${action + 1}: ${count}`;
      return [
        { shape: "cell", x, y, width: 2.8, height: 2.8, color: "faint", label },
        { shape: "text", x: x + 0.8, y: y + 1.8, text: String(count), size: 1, color },
      ];
    })
  );
}

/** Flavanoids to the right and colour intensity upwards; what is misclassified has a red ring. */
function scatter({ table, rows, predicted }: State): Shape[] {
  return predicted.flatMap((action, i): Shape[] => {
    const row = rows[i]!;
    const cultivar = table.cultivar[row]!;
    const [x, y] = [10 + 2 * table.flavanoids![row]!, 8.8 - 0.65 * table.colour![row]!];
    const label = `row ${row}: cultivar ${cultivar}, predicted ${action + 1}`;
    const ring: Shape[] = cultivar === action + 1 ? [] : [{ shape: "circle", x, y, radius: 0.25, color: "red" }];
    return [...ring, { shape: "circle", x, y, radius: 0.13, color: COLOURS[action]!, label }];
  });
}
