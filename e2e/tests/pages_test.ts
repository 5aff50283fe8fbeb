import { assert, assertEquals } from "@std/assert";
import { root, Run } from "../evolve.ts";
import { missing } from "../tools.ts";

// Playwright asks of what kind the machine is, which takes all permissions; this is what it is told.
Deno.env.set("__IS_WSL_TEST__", "1");
const { chromium } = await import("playwright-core");
type Page = Awaited<ReturnType<Awaited<ReturnType<typeof chromium.launch>>["newPage"]>>;

const program = "/usr/bin/chromium";
const axe = await Deno.readTextFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url));

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary: string }[];
}

/** Opens a page of a file with all that folds opened, and gives what its scripts threw. */
async function opened(page: Page, file: string): Promise<string[]> {
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(`file://${file}`);
  await page.evaluate(`for (const one of document.querySelectorAll("details")) one.open = true;`);
  // Charts are drawn when their place has a width, tables when they are opened.
  await page.locator("details:not(:has(table))").first().waitFor({ state: "detached" });
  return errors;
}

/** What axe finds of a page that is serious. */
async function seriousOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = await page.evaluate(`axe.run().then(({ violations }) => violations)`) as Violation[];
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
}

Deno.test("the pages of a run throw nothing, scroll to no side, and axe finds nothing serious in them", {
  ignore: await missing(program),
}, async (t) => {
  await using run = new Run();
  const folder = await Deno.makeTempDir();
  await run.step("init", "--count", "12", "--seed", "7", "--template", `${root}/examples/tsp`);
  await run.step("lifecycle", "--cycles", "3", "--isolation", "shared");
  await run.step("replay", "best", "--view", `${folder}/replay.html`);
  const report = `${run.folder}/workspace/reports/report.html`;
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
  try {
    for (const [name, file] of [["report", report], ["replay", `${folder}/replay.html`]] as const) {
      for (const colorScheme of ["light", "dark"] as const) {
        for (const width of [390, 800, 1400]) {
          await t.step(`${name}, ${colorScheme}, ${width} px`, async () => {
            // The page's policy lets no other script in; axe is the test's.
            const context = await browser.newContext({
              colorScheme,
              viewport: { width, height: 900 },
              bypassCSP: true,
            });
            try {
              const page = await context.newPage();
              assertEquals(await opened(page, file), []);
              assertEquals(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0);
              assertEquals(await seriousOf(page), []);
            } finally {
              await context.close();
            }
          });
        }
      }
    }
    await t.step("the keys of the player of a page of its own", async () => {
      const page = await browser.newPage();
      await opened(page, `${folder}/replay.html`);
      await keys(page);
      await page.close();
    });
    await t.step("the keys of the player in a report, where the focus is in it", async () => {
      const page = await browser.newPage();
      await opened(page, report);
      const where = await page.locator(".player output").textContent();
      await page.keyboard.press("Home");
      assertEquals(await page.locator(".player output").textContent(), where, "the page scrolls by this key");
      await page.locator(".player .stage").focus();
      await keys(page);
      await page.close();
    });
    await t.step("the policy of the page keeps other scripts out", async () => {
      const page = await browser.newPage();
      await opened(page, report);
      await page.evaluate(
        `document.body.append(Object.assign(document.createElement("script"), { text: "globalThis.ran = 1" }))`,
      );
      assertEquals(await page.evaluate("globalThis.ran"), undefined);
      await page.close();
    });
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
});

/** Presses the keys of a player that shows the last frame, with the focus where they are heard. */
async function keys(page: Page): Promise<void> {
  const step = async () => Number(/^step (\d+) of/.exec((await page.locator(".player output").textContent())!)![1]);
  const shapes = () => page.locator(".player svg > *").count();
  const last = await step();
  assert(last > 0 && await shapes() > 0);
  await page.keyboard.press("Home");
  assertEquals(await step(), 0);
  await page.keyboard.press("ArrowRight");
  const second = await step();
  assert(second > 0);
  await page.keyboard.press("ArrowLeft");
  assertEquals(await step(), 0);
  await page.keyboard.press("End");
  assertEquals(await step(), last);
  await page.keyboard.press("PageDown");
  assertEquals(await page.locator(".player select").last().inputValue(), "1");
  await page.keyboard.press("PageUp");
  assertEquals(await page.locator(".player select").last().inputValue(), "0");
  await page.keyboard.press("Home");
  await page.keyboard.press(" ");
  // It plays: the next frame comes by itself.
  await page.locator(".player output").filter({ hasNotText: /^step 0 / }).waitFor();
  await page.keyboard.press(" ");
}
