/** Folders whose tests call functions and leave nothing behind in their isolate: they share one, and what they import. */
export const pureFolders: readonly string[] = ["genome", "selection", "statistics", "util"];
