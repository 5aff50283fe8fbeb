// Builds the page from the block of data.
(() => {
  "use strict";
  const { report, spreads, sections, replay } = JSON.parse(document.getElementById("data").textContent);
  const { make, number, percent, time, card, figure, tile, chosen } = elements;
  const root = document.getElementById("report");
  const byId = new Map(sections.map((section) => [section.id, section]));
  const { summary, cycles, lineage, steps, births, objective, race } = report;
  // Of scores more is better; what is to be minimised is shown as the world means it.
  const isTurned = objective?.sense === "minimise";
  const value = (score) => isTurned && score != null ? 0 - score : score;
  const measure = objective?.name ?? "score", Measure = objective?.name ?? "Score";
  const better = isTurned ? " Less is better." : "";
  const colors = ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6", "--c7", "--c8"];
  const dashes = [undefined, [7, 4], [2, 3], [10, 3, 2, 3]];

  function details(id, open) {
    return elements.details(byId.get(id), open);
  }

  function open(id) {
    return elements.opened(byId.get(id));
  }

  function tiles() {
    const score = summary.score ?? {};
    const all = [
      tile("Active agents", String(summary.active), `${summary.disabled} disabled, ${summary.dead} dead`),
      ...controls(),
      tile(
        `Best ${measure}`,
        number(value(score.best)),
        `of ${score.ranked ?? 0} ranked${summary.found === undefined ? "" : `; found in cycle ${summary.found}`}`,
      ),
      tile(`Median ${measure}`, number(value(score.median)), `mean ${number(value(score.mean))}`),
      tile("Evaluations", String(summary.evaluations), `${summary.limited} evaluations limited`),
      tile("Generation", number(lineage.meanGeneration), `${lineage.depth} at most`),
      tile("Clades left", String(lineage.surviving), `of ${lineage.founders} founders`),
      tile("Viable draws", percent(summary.viableShare), `${summary.viable} of ${summary.draws}`),
      tile("Viable births", percent(births.viableShare), `${births.births} births`),
    ];
    const element = make("div", { class: "tiles" }, ...all);
    element.style.setProperty("--tiles", String(Math.ceil(all.length / Math.ceil(all.length / 8))));
    return element;
  }

  /** What the final race expects of its winner, and of what it is compared with. */
  function controls() {
    if (!race?.expected) return [];
    // As the world means it already.
    const interval = ({ mean, low, high }) => [number(mean), low === null ? "" : `${number(low)} to ${number(high)}`];
    const [mean, bounds] = interval(race.expected);
    const after = race.cycle === summary.cycle ? "" : ` after cycle ${race.cycle}`;
    const control = race.control?.expected, random = race.randomControl?.expected;
    return [
      tile(`Expected ${measure}`, mean, `final race${after}, 95 %: ${bounds}`),
      ...(control ? [tile("Without evolution", interval(control)[0], "best of the first population")] : []),
      ...(random ? [tile("Random search", interval(random)[0], "in as many episodes as the run")] : []),
    ];
  }

  function overCycles(lines, extra) {
    return { x: cycles.map((cycle) => cycle.cycle), xLabel: "cycle", lines, ...extra };
  }

  function line(label, index, value, extra) {
    const style = { color: colors[index % colors.length], dash: dashes[index % dashes.length] };
    return { label, ...style, values: cycles.map(value), ...extra };
  }

  function scores() {
    const chart = overCycles([
      line("best", 0, (cycle) => value(cycle.score.best)),
      line("median", 1, (cycle) => value(cycle.score.median), { dash: undefined, width: 3 }),
      line("mean", 2, (cycle) => value(cycle.score.mean)),
    ], { yLabel: measure, show: number });
    const note = `Of the results that selection ranked.${better}`;
    const drawing = figure("lines", `Best, median and mean ${measure} over cycles`, chart);
    return card(Measure, note, drawing, details("scores"));
  }

  function evaluations() {
    const edge = { width: 0, points: false, dash: undefined };
    const chart = overCycles([
      line("best", 0, (cycle) => value(cycle.evaluations.max)),
      line("mean", 2, (cycle) => value(cycle.evaluations.mean)),
      line("upper quartile", 5, (cycle) => value(isTurned ? cycle.evaluations.lower : cycle.evaluations.upper), edge),
      line("lower quartile", 5, (cycle) => value(isTurned ? cycle.evaluations.upper : cycle.evaluations.lower), edge),
    ], { yLabel: measure, band: [2, 3], show: number });
    const note =
      "Of each cycle's own judged evaluations, all in the same worlds, which are new each cycle. The band holds the " +
      `middle half.${better}`;
    const drawing = figure("lines", "Best, mean and quartiles of each cycle's evaluations", chart);
    return card("Spread", note, drawing, details("evaluations"));
  }

  /** A chart of a median, and of the band between the quartiles. */
  function quartiles(x, yLabel, { lower, median, upper }) {
    const edge = { width: 0, points: false, color: "--c6" };
    return {
      x,
      xLabel: "cycle",
      yLabel,
      show: number,
      band: [1, 2],
      lines: [
        { label: "median", color: "--c1", values: median },
        { label: "upper quartile", values: upper, ...edge },
        { label: "lower quartile", values: lower, ...edge },
      ],
    };
  }

  /** What is left out of the charts of spreads. */
  function sampled() {
    const all = cycles.filter((cycle) => cycle.counted > 0).length, shown = spreads.cycles.length;
    return shown < all ? ` ${shown} of ${all} cycles, evenly spread.` : "";
  }

  /** Median and quartiles of what is chosen from a list. */
  function spreadCard(title, note, lists, ...tables) {
    const names = Object.keys(lists);
    if (names.length === 0) return "";
    const of = (name, at) => lists[name].map((one) => one?.[at] ?? null);
    const draw = (name) => {
      const chart = quartiles(spreads.cycles, name, { lower: of(name, 1), median: of(name, 2), upper: of(name, 3) });
      const drawings = [figure("lines", `Median and quartiles of ${name} over cycles`, chart)];
      const rho = of(name, 4);
      if (rho.some((one) => one !== null)) {
        const lines = [{ label: `association with the ${measure}`, color: "--c2", values: rho }];
        const carriers = { label: "carriers", color: "--c3", values: of(name, 0) };
        drawings.push(
          figure("lines", `Rank correlation of ${name} with the ${measure} over cycles`, {
            x: spreads.cycles,
            xLabel: "cycle",
            yLabel: "rank correlation",
            within: [-1, 1],
            show: number,
            lines,
          }),
          figure("lines", `Agents that carry ${name} over cycles`, {
            x: spreads.cycles,
            xLabel: "cycle",
            yLabel: "agents",
            counts: true,
            lines: [carriers],
          }),
        );
      }
      return make("div", { class: drawings.length > 1 ? "three" : "" }, ...drawings);
    };
    return card(title, note, chosen(`${title}: which`, names, draw), ...tables);
  }

  function diversity() {
    const known = cycles.filter((cycle) => cycle.diversity);
    if (known.length === 0) return "";
    const line = (label, index, of) => ({ label, color: colors[index], dash: dashes[index], values: known.map(of) });
    const chart = {
      x: known.map((cycle) => cycle.cycle),
      xLabel: "cycle",
      yLabel: "share",
      within: [0, 1],
      show: number,
      lines: [
        line("entropy of genes", 0, (cycle) => cycle.diversity.entropy),
        line("mean distance", 1, (cycle) => cycle.diversity.distance),
        line("effective genomes of all", 2, (cycle) => cycle.diversity.effective / cycle.counted),
      ],
    };
    const drawing = figure("lines", "Entropy, mean distance and effective genomes over cycles", chart);
    return card("Diversity", byId.get("diversity").note, drawing, details("diversity"));
  }

  function fitness() {
    const known = cycles.filter((cycle) => cycle.fitness);
    if (known.length === 0) return "";
    const of = (name) => known.map((cycle) => cycle.fitness[name]);
    const x = known.map((cycle) => cycle.cycle);
    const chart = quartiles(x, "fitness", { lower: of("lower"), median: of("median"), upper: of("upper") });
    const drawing = figure("lines", "Median and quartiles of fitness over cycles", chart);
    return card("Fitness", byId.get("fitness").note, drawing, details("fitness"));
  }

  function population() {
    const chart = overCycles([
      line("alive", 0, (cycle) => cycle.alive),
      line("born", 1, (cycle) => cycle.born),
      line("died", 2, (cycle) => cycle.died),
      line("disabled", 3, (cycle) => cycle.disabled),
    ], { yLabel: "agents", counts: true });
    const drawing = figure("lines", "Agents alive, born, died and disabled over cycles", chart);
    return card("Population", "", drawing, details("population"));
  }

  /** Bands of a Muller plot from the bottom to the top: a branch opens in the middle of the one that it grew out of. */
  function nested(branches, own, from = null) {
    return branches.flatMap((branch, i) => {
      if (branch.from !== from) return [];
      const within = nested(branches, own, branch.root);
      const half = own(branch).map((share) => share / 2);
      const band = { label: branchName(branch), color: colors[i % colors.length], shown: own(branch) };
      return [{ ...band, values: half }, ...within, { ...band, label: null, values: half }];
    });
  }

  /** A branch by the genes that its root had gained, by the root's id where that is not known. */
  function branchName({ root, born, changes }) {
    const gained = changes?.gained.map((gene) => gene.replace(/^src\/(.*)\.ts#/, "$1#")) ?? [];
    const more = gained.length > 2 ? ` and ${gained.length - 2} more` : "";
    return `${root.slice(0, 8)} (${born})${gained.length > 0 ? ` +${gained.slice(0, 2).join(", ")}${more}` : ""}`;
  }

  function tree() {
    const { branches, alive, commonAncestor: ancestor } = lineage;
    const share = (counts) => counts.map((count, i) => count / Math.max(1, alive[i]));
    const rest = alive.map((count, i) => count - branches.reduce((sum, branch) => sum + branch.alive[i], 0));
    const lines = [
      ...nested(branches, (branch) => share(branch.alive)),
      { label: "others", color: "--rest", values: share(rest), shown: share(rest) },
    ];
    const x = alive.map((_, cycle) => cycle);
    const chart = { x, xLabel: "cycle", yLabel: "share of those alive", percent: true, lines, show: percent };
    const common = ancestor
      ? `All active agents descend from ${ancestor.id.slice(0, 8)}, born in cycle ${ancestor.born}.`
      : "The active agents have no common ancestor yet.";
    const note =
      "A Muller plot. A band is a branch: an agent (and its cycle of birth, and the genes that it gained over its parent) with its " +
      "descendants; a branch that grew out of it lies within its band. " +
      `Founders with living descendants: ${lineage.surviving} of ${lineage.founders}. ${common}`;
    const drawing = figure("stacked", "Shares of the branches of the lineage over cycles", chart);
    return card("Lineage", note, drawing, details("branches"), details("clades"));
  }

  function times() {
    const inCycles = steps.filter((step) => step.share !== null && step.step !== "init");
    const lines = inCycles.map((step, i) => {
      const by = new Map(step.cycles);
      const values = cycles.map((cycle) => by.get(cycle.cycle) ?? 0);
      return { label: step.step, color: colors[i % colors.length], values };
    });
    const chart = overCycles(lines, { yLabel: "time", format: time, show: time });
    const drawing = lines.length > 0 && cycles.length > 0
      ? [figure("stacked", "Time of each step over cycles", chart)]
      : [];
    return card(
      "Where the time went",
      byId.get("time").note,
      ...drawing,
      open("time"),
      details("stages"),
      details("cost"),
    );
  }

  function heat() {
    const shown = cycles.filter((cycle) => cycle.genes);
    if (shown.length === 0 || report.genes.length === 0) return "";
    const head = ["gene", ...shown.map((cycle) => String(cycle.cycle))];
    const rows = report.genes.map(({ gene }) => {
      const squares = shown.map((cycle) => {
        const share = (cycle.genes[gene] ?? 0) / cycle.counted;
        const square = make("td", { title: `${gene}, cycle ${cycle.cycle}: ${percent(share)}` });
        square.append(make("span", {}, String(Math.round(share * 100))));
        square.style.setProperty("--share", `${share * 100}%`);
        return square;
      });
      return make("tr", {}, make("th", { scope: "row", title: gene }, gene.replace(/^src\//, "")), ...squares);
    });
    const heading = make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, name)));
    const caption = make("caption", { class: "hidden" }, "Gene activation over cycles, in percent");
    const map = make("table", { class: "heat" }, caption, make("thead", {}, heading), make("tbody", {}, ...rows));
    if (shown.length > 16) map.classList.add("dense");
    map.style.setProperty("--columns", String(shown.length));
    return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Gene activation" }, map);
  }

  function genes() {
    const shown = cycles.filter((cycle) => cycle.genes).length,
      all = cycles.filter((cycle) => cycle.counted > 0).length;
    const note = "Percentage of the genomes that were evaluated in a cycle in which a gene is switched on." +
      (shown < all ? ` ${shown} of ${all} cycles, at even distances.` : "");
    return card("Gene activation", note, heat(), details("genes"));
  }

  function offspring() {
    const first = births.cycles.map((one) => one.cycle);
    if (first.length === 0) return "";
    const of = new Map(cycles.map((cycle) => [cycle.cycle, cycle]));
    const lines = [
      { label: "births", values: births.cycles.map((one) => one.births) },
      { label: "unchanged", values: first.map((cycle) => of.get(cycle)?.gestations.unchanged ?? 0) },
      { label: "mutated", values: first.map((cycle) => of.get(cycle)?.gestations.mutated ?? 0) },
      { label: "recombined", values: first.map((cycle) => of.get(cycle)?.gestations.recombined ?? 0) },
      { label: "unviable", values: births.cycles.map((one) => one.unviable) },
      { label: "copies", values: births.cycles.map((one) => one.copies) },
    ].map((one, i) => ({ ...one, color: colors[i], dash: dashes[i % dashes.length] }));
    const chart = { x: first, xLabel: "cycle", yLabel: "newborns", counts: true, lines };
    const note =
      `${births.gestations.unchanged} of ${births.gestations.finished} gestations left the parent's genome as it was; ` +
      `${births.unviable} of ${births.births} newborns were disabled before their first result.`;
    return card(
      "Births",
      note,
      figure("lines", "Births, unchanged and unviable ones over cycles", chart),
      details("births"),
    );
  }

  /** What the best agent did, played where it was drawn. */
  function seen() {
    if (!replay) return "";
    const place = make("div", {});
    if (replay.player) player(place, replay.player, false);
    return card("What the best agent did", replay.note, place);
  }

  function finalRace() {
    const { title, note } = byId.get("race");
    const controls = byId.get("controls").rows.length > 0 ? [open("controls")] : [];
    return card(title, note, ...controls, details("race"));
  }

  const title = summary.run === null ? "Report of the run" : `Report of the run ${summary.run}`;
  document.title = title;
  const made = new Date(report.at).toLocaleString();
  root.append(
    make(
      "header",
      {},
      make("h1", {}, title),
      make("p", { class: "muted" }, `After cycle ${summary.cycle}, seed ${summary.seed ?? "–"}, made ${made}`),
    ),
    ...(summary.warnings.length > 0
      ? [make("div", { class: "warning", role: "note" }, ...summary.warnings.map((text) => make("p", {}, text)))]
      : []),
    tiles(),
    ...(cycles.length === 0
      ? [card("No cycle yet", "The charts begin with the first cycle.")]
      : [make("div", { class: "pair" }, scores(), evaluations(), fitness(), diversity()), genes()]),
    spreadCard(
      "Parameters over cycles",
      `Over the agents that have the file active.${sampled()} The association is Spearman's rank correlation over the distinct genomes of a cycle: ` +
        "no proof of an effect.",
      spreads.parameters,
      details("carried"),
      details("parameters"),
    ),
    spreadCard(
      "Measures over cycles",
      "What the world measured in each cycle's judged evaluations, all in the same worlds, which may be others in each cycle." +
        sampled(),
      spreads.measures,
      details("measures"),
    ),
    make("div", { class: "pair" }, ...(cycles.length === 0 ? [] : [population(), tree(), offspring(), times()])),
    card(byId.get("leaders").title, "", open("leaders"), details("made-of"), details("best"), details("ancestry")),
    seen(),
    ...(byId.get("race").rows.length > 0 ? [finalRace()] : []),
    ...["front", "archive"].filter((id) => byId.has(id)).map((id) =>
      card(byId.get(id).title, byId.get(id).note, open(id))
    ),
    card(
      "Outcomes and reasons",
      "",
      open("failures"),
      details("outcomes", true),
      details("disabled", true),
      details("deaths", true),
    ),
    card("All in words", "", open("summary")),
  );
})();
