/**
 * Texts of a run made harmless for Markdown as GitHub renders it.
 *
 * @module
 */

import { plain } from "./show.ts";

/** Signs of a text that mean nothing within a code span, even in a table, whatever reads it. */
const ordinary = /^[\p{L}\p{N}\p{M}_$#.,;:()%=+/ –…-]+$/u;
/** What is no sign of Markdown, HTML or GitHub anywhere in a line. */
const harmless = /[^\p{L}\p{N}\p{M} .,;:()%=+/'"–…!?-]/gu;
/** What GitHub makes a link of after it has rendered the rest, so that no escape keeps it from that. */
const linked = /(?<=:)(?=\/\/)|(?<=www)(?=\.)|(?<=mailto|xmpp)(?=:)|(?<=&#(?:35|64);)/gi;
const wordJoiner = "\u2060";
const mostCharacters = 200;

/** A name of the run, such as a gene's: a code span where it can be one, in which GitHub finds no link and no mention. */
export function name(text: string): string {
  const shown = cut(plain(text).trim());
  return ordinary.test(shown) && !/:\/\/|www\./i.test(shown) ? `\`${shown}\`` : escaped(shown);
}

/** Words within a line: no sign in them means anything, and nothing in them becomes a link. */
export function words(text: string): string {
  return escaped(plain(text).trim());
}

/** Words that begin a line, where some signs and numbers would begin a list, a quotation or a heading. */
export function paragraph(text: string): string {
  return words(text).replace(/^(\d*)([.)+=-])/, (_, number, sign) => number + entity(sign));
}

/** Entities, which no reader of Markdown or of its tables takes for a sign, rather than backslashes. */
function escaped(text: string): string {
  return text.replace(harmless, entity).replace(linked, wordJoiner);
}

function entity(sign: string): string {
  return `&#${sign.codePointAt(0)};`;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= mostCharacters ? text : `${characters.slice(0, mostCharacters - 1).join("")}…`;
}
