// Builds the page from the block of data.
(() => {
  "use strict";
  const { report, sections } = JSON.parse(document.getElementById("data").textContent);
  const { make, number, percent, time, card, figure, tile } = elements;
  const root = document.getElementById("report");
  const byId = new Map(sections.map((section) => [section.id, section]));
  const { summary, cycles, lineage, steps, births, objective } = report;
  // Of scores more is better; what is to be minimised is shown as the world means it.
  const isTurned = objective?.sense === "minimise";
  const value = (score) => isTurned && score != null ? 0 - score : score;
  const measure = objective?.name ?? "score", Measure = objective?.name ?? "Score";
  const better = isTurned ? " Less is better." : "";
  const colors = ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6", "--c7", "--c8"];
  const dashes = [undefined, [7, 4], [2, 3], [10, 3, 2, 3]];
  const heatColumns = 40;

  function details(id, open) {
    return elements.details(byId.get(id), open);
  }

  function open(id) {
    return elements.opened(byId.get(id));
  }

  function tiles() {
    const score = summary.score ?? {};
    return make(
      "div",
      { class: "tiles" },
      tile("Active agents", String(summary.active), `${summary.disabled} disabled, ${summary.dead} dead`),
      tile(`Best ${measure}`, number(value(score.best)), `of ${score.ranked ?? 0} ranked`),
      tile(`Median ${measure}`, number(value(score.median)), `mean ${number(value(score.mean))}`),
      tile("Evaluations", String(summary.evaluations), `${summary.limited} evaluations limited`),
      tile("Generation", number(lineage.meanGeneration), `${lineage.depth} at most`),
      tile("Clades left", String(lineage.surviving), `of ${lineage.founders} founders`),
      tile("Viable draws", percent(summary.viableShare), `${summary.viable} of ${summary.draws}`),
      tile("Viable births", percent(births.viableShare), `${births.births} births`),
    );
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
    const note = "Of the results that selection ranked: a genome that stays is ranked by the mean of all its cycles." +
      better;
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

  function tree() {
    const { branches, alive, commonAncestor: ancestor } = lineage;
    const share = (counts) => counts.map((count, i) => count / Math.max(1, alive[i]));
    const rest = alive.map((count, i) => count - branches.reduce((sum, branch) => sum + branch.alive[i], 0));
    const lines = [
      ...branches.map((branch, i) => ({
        label: `${branch.root.slice(0, 8)} (${branch.born})`,
        color: colors[i],
        values: share(branch.alive),
      })),
      { label: "others", color: "--rest", values: share(rest) },
    ];
    const x = alive.map((_, cycle) => cycle);
    const chart = { x, xLabel: "cycle", yLabel: "share of those alive", percent: true, lines, show: percent };
    const common = ancestor
      ? `All active agents descend from ${ancestor.id.slice(0, 8)}, born in cycle ${ancestor.born}.`
      : "The active agents have no common ancestor yet.";
    const note =
      "Branches: an agent (and its cycle of birth) with its descendants, those of another branch left out. " +
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
    return card("Where the time went", "", ...drawing, open("time"));
  }

  function spread(items, most) {
    if (items.length <= most) return items;
    return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]);
  }

  function heat() {
    const shown = spread(cycles.filter((cycle) => cycle.counted > 0), heatColumns);
    if (shown.length === 0 || report.genes.length === 0) return "";
    const head = ["gene", ...shown.map((cycle) => String(cycle.cycle))];
    const rows = report.genes.map(({ gene }) => {
      const squares = shown.map((cycle) => {
        const share = (cycle.genes[gene] ?? 0) / cycle.counted;
        const square = make("td", { title: `${gene}, cycle ${cycle.cycle}: ${percent(share)}` });
        square.append(make("span", {}, String(Math.round(share * 100))));
        square.style.setProperty("--share", `${share * 100}%`);
        if (share > 0.5) square.classList.add("strong");
        return square;
      });
      return make("tr", {}, make("th", { scope: "row" }, gene.replace(/^src\//, "")), ...squares);
    });
    const heading = make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, name)));
    const caption = make("caption", { class: "hidden" }, "Gene activation over cycles, in percent");
    const map = make("table", { class: "heat" }, caption, make("thead", {}, heading), make("tbody", {}, ...rows));
    if (shown.length > 16) map.classList.add("dense");
    map.style.setProperty("--columns", String(shown.length));
    return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Gene activation" }, map);
  }

  function genes() {
    const note = "Percentage of the genomes that were evaluated in a cycle in which a gene is switched on.";
    return card("Gene activation", note, heat(), details("genes"), details("parameters"));
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
    tiles(),
    ...(cycles.length === 0
      ? [card("No cycle yet", "The charts begin with the first cycle.")]
      : [make("div", { class: "pair" }, scores(), evaluations()), genes()]),
    make("div", { class: "pair" }, ...(cycles.length === 0 ? [] : [population(), tree(), offspring(), times()])),
    card(byId.get("leaders").title, "", open("leaders"), details("best")),
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
