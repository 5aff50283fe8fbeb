/**
 * The line by which a program says that it runs.
 *
 * @module
 */

/**
 * What each program without permissions writes as its first line, before it reads anything and before any module of a gene
 * or of a world is evaluated: what ends without it was not ended by an agent.
 */
export const readyLine = "ready";
