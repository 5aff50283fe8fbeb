import { assert, assertEquals } from "@std/assert";
import { command, ended, root, Run, start } from "../evolve.ts";
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

/** What a browser makes of an SVG file: an error of XML would be an element of its own, and text beyond the edge is cut. */
const drawnIn = `(() => {
  const svg = document.documentElement, { width, height } = svg.viewBox.baseVal;
  const all = [...svg.querySelectorAll("*")];
  const drawn = new Set(["title", "desc", "rect", "path", "text", "circle", "g"]);
  const box = svg.getBoundingClientRect();
  return {
    isWhole: svg.localName === "svg" && width > 0 && svg.querySelector("title")?.textContent !== "" &&
      all.some(({ localName }) => localName === "path" || localName === "rect"),
    foreign: all.filter(({ localName, attributes }) =>
      !drawn.has(localName) || [...attributes].some(({ name }) => /^on|href|style/.test(name))
    ).map(({ localName }) => localName),
    outside: all.filter((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
    }).map(({ textContent }) => textContent),
  };
})()`;

/** A run that has ended in a race, of as few episodes as have a result. */
async function evolve(
  run: Run,
  { count, cycles, seed }: { readonly count: number; readonly cycles: number; readonly seed: number },
): Promise<void> {
  await run.step("init", "--count", `${count}`, "--seed", `${seed}`, "--template", `${root}/examples/tsp`);
  await run.step("lifecycle", "--cycles", `${cycles}`, "--isolation", "shared", "--no-race");
  await run.step("race", "--entrants", "2", "--episodes", "2", "--test", "6");
  await run.step("draw");
  await run.step("report", "--svg");
}

Deno.test("the pages of a run throw nothing, scroll to no side, and axe finds nothing serious in them", {
  ignore: await missing(program),
}, async (t) => {
  await using run = new Run();
  const folder = await Deno.makeTempDir();
  await evolve(run, { count: 8, cycles: 3, seed: 7 });
  await run.step("replay", "best", "--view", `${folder}/replay.html`);
  const reports = `${run.folder}/workspace/reports`, report = `${reports}/report.html`;
  await using other = new Run();
  await evolve(other, { count: 4, cycles: 1, seed: 8 });
  const budget = ["--template", `${root}/examples/onemax`, "--budget", "120", "--seeds", "2", "--count", "10"];
  const compared = {
    "comparison of runs": command("report", "--compare", run.name, other.name, "--format", "html"),
    "comparison of arms": command("compare", ...budget, "--arms", "random", "--format", "html"),
  };
  const pages: [name: string, file: string][] = [["report", report], ["replay", `${folder}/replay.html`]];
  for (const [name, words] of Object.entries(compared)) {
    const { code, stdout, stderr } = await ended(start(words));
    assertEquals(code, 0, stderr);
    const file = `${folder}/${name.replaceAll(" ", "-")}.html`;
    await Deno.writeTextFile(file, stdout);
    pages.push([name, file]);
  }
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
  try {
    for (const [name, file] of pages) {
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
    await t.step("the report has a final race, and each comparison its tables and charts", async () => {
      const page = await browser.newPage();
      const headings = async (file: string) => {
        await opened(page, file);
        return await page.locator("h2").allTextContents();
      };
      assert((await headings(report)).includes("Final race"));
      for (const [name, file] of pages.slice(2)) {
        const found = await headings(file);
        assert(found.includes("Raw results"), `${name}: ${found}`);
        assertEquals(found.includes("Anytime curves"), name === "comparison of arms");
      }
      await page.close();
    });
    await t.step("each chart as SVG is well-formed, runs nothing, and has nothing beyond its edges", async () => {
      const page = await browser.newPage();
      const names = [...Deno.readDirSync(`${reports}/charts`)].map(({ name }) => name);
      for (const name of ["scores.svg", "lineage.svg", "genes.svg", "times.svg"]) assert(names.includes(name), name);
      for (const name of names) {
        await page.goto(`file://${reports}/charts/${name}`);
        assertEquals([name, await page.evaluate(drawnIn)], [name, { isWhole: true, foreign: [], outside: [] }]);
      }
      await page.close();
    });
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
