/**
 * An HTML page that needs nothing else: no server, no network, no other file.
 *
 * @module
 */

/** What a page is made of. */
export interface OfflinePage {
  /** Plain text of ours. */
  readonly title: string;
  readonly style: string;
  /** What draws the page; it may not hold the end of a script element. */
  readonly script: string;
  /** The `main` element, in which it is drawn. */
  readonly main: string;
  /** JSON as `embeddedJson` gives it: all that comes from a run stands there, which no browser runs. */
  readonly data: string;
}

const base = new URL("./offline_page.css", import.meta.url);

/**
 * The page, in the palette that all pages share. Should something get out of its data, its policy runs no script and takes no style but these.
 *
 * Needs read permission for `lib/util`.
 */
export async function offlinePage({ title, style: own, script, main, data }: OfflinePage): Promise<string> {
  const style = `${Deno.readTextFileSync(base)}\n${own}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; base-uri 'none'; \
form-action 'none'; script-src 'sha256-${await digest(script)}'; style-src 'sha256-${await digest(style)}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${main}
<script type="application/json" id="data">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

async function digest(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toBase64();
}
