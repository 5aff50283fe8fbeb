// Builds the page from the block of data.
(() => {
  "use strict";
  const { report, charts, sections, replay } = JSON.parse(document.getElementById("data").textContent);
  const { make, number, percent, card, pair, figure, tile, chosen } = elements;
  const root = document.getElementById("report");
  const byId = new Map(sections.map((section) => [section.id, section]));
  const { summary, lineage, births, objective, race } = report;
  // Of scores more is better; what is to be minimised is shown as the world means it.
  const isTurned = objective?.sense === "minimise";
  const value = (score) => isTurned && score != null ? 0 - score : score;
  const measure = objective?.name ?? "score";
  const better = isTurned ? " Less is better." : "";
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

  /** A card of one chart with the tables that have its numbers; nothing where there is no such chart. */
  function charted(title, name, note, ...tables) {
    return charts[name] ? card(title, note, figure(charts[name]), ...tables) : "";
  }

  function noteOf(id) {
    return byId.get(id).note;
  }

  /** What is left out of charts that show so many cycles. */
  function sampled(shown) {
    return shown < report.counted ? ` ${shown} of ${report.counted} cycles` : "";
  }

  /** The charts of what is chosen from a list. */
  function spreadCard(title, note, all, ...tables) {
    if (all.length === 0) return "";
    const draw = (name) => {
      const drawings = all.find((one) => one.name === name).charts.map(figure);
      return make("div", { class: drawings.length > 1 ? "three" : "" }, ...drawings);
    };
    return card(title, note, chosen(`${title}: which`, all.map(({ name }) => name), draw), ...tables);
  }

  function tree() {
    const { founders, surviving, commonAncestor: ancestor } = lineage;
    const common = ancestor
      ? `All active agents descend from ${ancestor.id.slice(0, 8)}, born in cycle ${ancestor.born}.`
      : "The active agents have no common ancestor yet.";
    const note =
      "A Muller plot. A band is a branch: an agent (and its cycle of birth, and the genes that it gained over its parent) with its " +
      "descendants; a branch that grew out of it lies within its band. " +
      `Founders with living descendants: ${surviving} of ${founders}. ${common}`;
    return charted("Lineage", "lineage", note, details("branches", true), details("clades"));
  }

  function times() {
    const drawing = charts.times ? [figure(charts.times)] : [];
    const tables = [open("time"), details("stages"), details("cost")];
    return card("Where the time went", noteOf("time"), ...drawing, ...tables);
  }

  function heat({ x, xLabel, title, rows }) {
    const lines = rows.map(({ label, shares }) => {
      const squares = shares.map((share, i) => {
        const square = make("td", { title: `${label}, ${xLabel} ${x[i]}: ${percent(share)}` });
        square.append(make("span", {}, String(Math.round(share * 100))));
        square.style.setProperty("--share", `${share * 100}%`);
        return square;
      });
      return make("tr", {}, make("th", { scope: "row", title: label }, label), ...squares);
    });
    const heading = make("tr", {}, ...["gene", ...x].map((name) => make("th", { scope: "col" }, String(name))));
    const caption = make("caption", { class: "hidden" }, title);
    const map = make("table", { class: "heat" }, caption, make("thead", {}, heading), make("tbody", {}, ...lines));
    if (x.length > 16) map.classList.add("dense");
    map.style.setProperty("--columns", String(x.length));
    return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Gene activation" }, map);
  }

  function genes() {
    if (!charts.genes) return "";
    const left = sampled(charts.genes.x.length);
    const note = "Percentage of the genomes that were evaluated in a cycle in which a gene is switched on." +
      (left && `${left}, at even distances.`);
    return card("Gene activation", note, heat(charts.genes), details("genes"));
  }

  function offspring() {
    const { births: born, unviable, gestations: { unchanged, finished } } = births;
    const note = `${unchanged} of ${finished} gestations left the parent's genome as it was; ` +
      `${unviable} of ${born} newborns were disabled before their first result.`;
    return charted("Births", "births", note, details("births"));
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
  const spreads = sampled(report.spreads) && `${sampled(report.spreads)}, evenly spread.`;
  const spreadNote =
    "Of each cycle's own judged evaluations, all in the same worlds, which are new each cycle. The band holds the " +
    `middle half.${better}`;
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
    ...(report.cycles === 0 ? [card("No cycle yet", "The charts begin with the first cycle.")] : [
      make(
        "div",
        { class: "pair" },
        charted(
          objective?.name ?? "Score",
          "scores",
          `Of the results that selection ranked.${better}`,
          details("scores"),
        ),
        charted("Spread", "evaluations", spreadNote, details("evaluations")),
        charted("Fitness", "fitness", noteOf("fitness"), details("fitness")),
        charted("Diversity", "diversity", noteOf("diversity"), details("diversity")),
      ),
      genes(),
    ]),
    spreadCard(
      "Parameters over cycles",
      `Over the agents that have the file active.${spreads} The association is Spearman's rank correlation over the distinct genomes of a cycle: ` +
        "no proof of an effect.",
      charts.parameters,
      details("carried"),
      details("parameters"),
    ),
    spreadCard(
      "Measures over cycles",
      `What the world measured in each cycle's judged evaluations, all in the same worlds, which may be others in each cycle.${spreads}`,
      charts.measures,
      details("measures"),
    ),
    ...(report.cycles === 0 ? [] : [
      pair(charted("Population", "population", "", details("population")), offspring()),
      pair(tree(), times()),
    ]),
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
