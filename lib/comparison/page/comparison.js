// Builds the page of a comparison from the block of data.
(() => {
  "use strict";
  const { chart, sections } = JSON.parse(document.getElementById("data").textContent);
  const { make, card, details, opened, figure } = elements;
  const byId = new Map(sections.map((section) => [section.id, section]));
  function anytime() {
    if (!chart) return "";
    const note = "Means over the seeds of what each arm would have chosen at that time, on test worlds. " +
      "The last step of a curve is the choice by race.";
    return card("Anytime curves", note, figure(chart), details(curveTable()));
  }

  function curveTable() {
    const { x, lines } = chart;
    return {
      title: "Curves in numbers",
      note: "",
      columns: [{ name: "episodes", kind: "count" }, ...lines.map(({ label }) => ({ name: label, kind: "number" }))],
      rows: x.map((place, i) => [place, ...lines.map(({ values }) => values[i])]),
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
