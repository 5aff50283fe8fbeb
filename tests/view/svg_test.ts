import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { viewSvg } from "../../lib/view/svg.ts";
import { fittedArea } from "../../lib/view/geometry.ts";
import { anyEpisode, anyText, episodeOf } from "./made_shapes.ts";

/** All that may stand in a file: elements and attributes of ours, numbers, names of colours, texts without markup. */
const number = "-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?";
const text = "(?:[^<>&\"'\\p{Cc}\\p{Cf}]|&(?:lt|gt|amp|quot|#39);)*";
const title = `(?:<title>${text}</title>)?`;
const of = (name: string) => `${name}="${number}"`;
const shape = new RegExp(
  `^(?:<circle class="c-[a-z]+" ${of("cx")} ${of("cy")} ${of("r")}>${title}</circle>` +
    `|<rect class="c-[a-z]+" ${of("x")} ${of("y")} ${of("width")} ${of("height")}>${title}</rect>` +
    `|<polyline class="l l-[a-z]+" ${of("stroke-width")} points="(?:${number},${number} ?)+">${title}</polyline>` +
    `|<text class="c-[a-z]+" ${of("x")} ${of("y")} ${of("font-size")}>${text}${title}</text>)$`,
  "u",
);

Deno.test("viewSvg() writes nothing but its own elements, numbers and escaped texts, whatever is drawn", () => {
  fc.assert(
    fc.property(anyEpisode, anyText, (episode, name) => {
      const [head, titled, style, paper, ...rest] = viewSvg(episode, { title: name }).split("\n");
      assertMatch(head!, new RegExp(`^<svg xmlns="[a-z0-9:/.]+" viewBox="0 0 ${number} ${number}" [^<>]*>$`));
      assertMatch(titled!, new RegExp(`^<title>${text}</title>$`, "u"));
      assertMatch(style!, /^<style>[^<>&]*<\/style>$/);
      assertMatch(paper!, /^<rect class="c-paper" [^<>&]*\/>$/);
      assertEquals(rest.splice(-2), ["</svg>", ""]);
      assertEquals(rest.length, episode.frames.at(-1)!.shapes.length);
      for (const line of rest) assertMatch(line, shape);
    }),
    {
      examples: [[
        { shapes: [{ shape: "circle", x: 0, y: 0, radius: 5e-324 }], frames: [{ step: 0, shapes: [] }] },
        "",
      ]],
    },
  );
});

Deno.test("viewSvg() shows the last frame, in the area that is declared or fitted, with both axes of one scale", () => {
  const shapes = episodeOf(
    { shape: "cell", x: 0, y: 0, width: 10, height: 5, color: 9 },
    { shape: "text", x: 1, y: 2, text: "a & b", size: 1 },
    { shape: "line", points: [[0, 0], [10, 5]], color: "red", label: "<way>" },
  );
  const svg = viewSvg({
    ...shapes,
    frames: [{ step: 0, shapes: [] }, ...shapes.frames.map((one) => ({ ...one, step: 1 }))],
  }, {
    title: "it",
    area: { x: 0, y: 0, width: 10, height: 5 },
  });
  for (
    const one of [
      'viewBox="0 0 800 400"',
      '<rect class="c-orange" x="0" y="0" width="800" height="400">',
      '<text class="c-ink" x="80" y="160" font-size="80">a &amp; b</text>',
      '<polyline class="l l-red" stroke-width="1.5" points="0,0 800,400"><title>&lt;way&gt;</title>',
    ]
  ) assertStringIncludes(svg, one);
});

Deno.test("fittedArea() holds all shapes of all frames, and is never without width and height", () => {
  const area = fittedArea([
    episodeOf({ shape: "circle", x: -5, y: 0, radius: 1 }),
    episodeOf({
      shape: "line",
      points: [[0, 0], [20, 3]],
      width: 2,
    }),
  ]);
  assert(area.x <= -6 && area.y <= -1 && area.x + area.width >= 21 && area.y + area.height >= 4, JSON.stringify(area));
  fc.assert(fc.property(anyEpisode, (episode) => {
    const { x, y, width, height } = fittedArea([episode]);
    assert(Number.isFinite(x) && Number.isFinite(y) && width > 0 && height > 0 && Number.isFinite(width + height));
  }));
  assert(fittedArea([{ shapes: [], frames: [{ step: 0, shapes: [] }] }]).width > 0);
});
