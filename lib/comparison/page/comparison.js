// Builds the page of a comparison from the block of data.
(() => {
  "use strict";
  const { name, episodes, curves, sections } = JSON.parse(document.getElementById("data").textContent);
  const { make, number, card, details, opened, figure } = elements;
  const byId = new Map(sections.map((section) => [section.id, section]));
  const colors = ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6", "--c7", "--c8"];
  const dashes = [undefined, [7, 4], [2, 3], [10, 3, 2, 3]];

  function anytime() {
    if (episodes.length < 2) return "";
    const lines = curves.map(({ arm, mean }, i) => ({
      label: arm,
      values: mean,
      color: colors[i % colors.length],
      dash: dashes[i % dashes.length],
      points: false,
    }));
    const note = "Means over the seeds of what each arm would have chosen at that time, on test worlds. " +
      "The last step of a curve is the choice by race.";
    return card(
      "Anytime curves",
      note,
      figure("lines", `${name} over judged episodes, for each arm`, {
        x: episodes,
        xLabel: "judged episodes",
        yLabel: name,
        format: number,
        show: number,
        lines,
      }),
      details(curveTable()),
    );
  }

  function curveTable() {
    return {
      title: "Curves in numbers",
      note: "",
      columns: [{ name: "episodes", kind: "count" }, ...curves.map(({ arm }) => ({ name: arm, kind: "number" }))],
      rows: episodes.map((place, i) => [place, ...curves.map(({ mean }) => mean[i])]),
    };
  }

  function tableCard(id) {
    const { title, note } = byId.get(id);
    return card(title, note, opened(byId.get(id)));
  }

  document.getElementById("report").append(
    make("header", {}, make("h1", {}, "Comparison")),
    tableCard("arms"),
    tableCard("against"),
    anytime(),
    tableCard("comparison"),
    card("Raw results", "", details(byId.get("runs"))),
  );
})();
