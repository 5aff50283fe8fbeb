import { read } from "../docs_pages.ts";

/** The lines of a page's block of commands. @param text What the block holds. */
export async function commandsOf(page: string, text: string): Promise<string[]> {
  const blocks = [...(await read(page)).matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block!);
  return blocks.find((one) => one.includes(text))!.trimEnd().split("\n");
}
