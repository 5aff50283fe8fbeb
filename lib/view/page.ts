/**
 * Episodes as one page that plays them and needs nothing else: no server, no network, no other file.
 *
 * @module
 */

import { viewFile } from "../run/layout.ts";
import { projectRoot } from "../run/paths.ts";
import type { EpisodeFrames, Shape, ViewArea } from "../runtime/contract.ts";
import { groupColors } from "../runtime/shape_colors.ts";
import { embeddedJson } from "../util/embedded_json.ts";
import { Misuse } from "../util/issue.ts";
import { offlinePage } from "../util/offline_page.ts";
import { oneLine } from "../util/text.ts";
import { fittedArea } from "./geometry.ts";
import { paletteCss } from "./palette.ts";

const mebi = 1024 * 1024;

/** The longest block of data, in UTF-16 code units: browsers take such a page, slowly. */
const mostData = 128 * mebi;

const player = `${projectRoot}/lib/view/player`;

/** One episode of a page. */
export interface PageEpisode {
  /** What it is called in the list of episodes, such as `instance 12`. */
  readonly name: string;
  /** What is said beside it, such as its score and measures. @default nothing */
  readonly facts?: readonly (readonly [name: string, value: string])[];
  /** What was held to its bounds. */
  readonly drawn: EpisodeFrames;
}

/** What a page is made of. */
export interface ViewPageOptions {
  /** What it shows, its heading. */
  readonly title: string;
  /** The part that is seen, from the pool's `view`. @default of each episode what all its frames have in them */
  readonly area?: ViewArea;
}

/**
 * Episodes as an HTML page with a player.
 *
 * All that comes from a template or an agent stands in one block of JSON, which no browser runs, and reaches the page as text and
 * numbers only. Should something get out of there all the same, the page's policy runs no script but its own.
 *
 * Needs read permission for `lib/view/player`.
 *
 * @param episodes At least one.
 * @throws {Misuse} `view.size`, if they are too much for one page.
 */
export async function viewPage(
  episodes: readonly PageEpisode[],
  { title, area }: ViewPageOptions,
): Promise<string> {
  const { script, style } = playerParts();
  const parts = episodes.map((episode) => embeddedJson(shown(episode, area)));
  demandSize(parts);
  const common = embeddedJson({ title: oneLine(title), colors: groupColors });
  const data = `${common.slice(0, -1)},"episodes":[${parts.join(",")}]}`;
  return await offlinePage({
    title: "Episodes",
    style: `${Deno.readTextFileSync(`${player}/page.css`)}\n${style}`,
    script: `${script}\n${Deno.readTextFileSync(`${player}/page.js`)}`,
    main:
      `<main id="player"><noscript><p>This page draws with JavaScript, which is switched off here; an SVG file needs none.</p>\
</noscript></main>`,
    data,
  });
}

/** The player that all pages share: what defines it, and how it looks. Needs read permission for `lib/view/player`. */
export function playerParts(): { readonly script: string; readonly style: string } {
  return {
    script: Deno.readTextFileSync(`${player}/player.js`),
    style: `${Deno.readTextFileSync(`${player}/player.css`)}\n${paletteCss()}`,
  };
}

/** What the player is given of episodes, for the block of data of a page: texts and numbers. */
export function playerData(episodes: readonly PageEpisode[], { title, area }: ViewPageOptions): unknown {
  return {
    title: oneLine(title),
    colors: groupColors,
    episodes: episodes.map((episode) => shown(episode, area)),
  };
}

function shown({ name, facts = [], drawn }: PageEpisode, area: ViewArea | undefined) {
  return {
    name: oneLine(name),
    facts: facts.map((fact) => fact.map(oneLine)),
    area: area ?? fittedArea([drawn]),
    drawn: { ...drawn, shapes: drawn.shapes.map(readable) },
  };
}

function demandSize(parts: readonly string[]): void {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length <= mostData) return;
  throw new Misuse({
    code: "view.size",
    message: `Cannot write the page as what is drawn must come to at most ${mostData / mebi} MiB: it comes to ` +
      `${Math.ceil(length / mebi)} MiB. Choose fewer episodes, or let view.ts draw less.`,
    path: viewFile,
  });
}

/** A shape whose texts are there to be read, and nothing else. */
function readable(shape: Shape): Shape {
  const { label } = shape;
  return {
    ...shape,
    ...(shape.shape === "text" && { text: oneLine(shape.text) }),
    ...(label !== undefined && { label: oneLine(label) }),
  };
}
