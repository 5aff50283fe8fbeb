// What the page is made of: elements, numbers as people read them, tables and cards. Texts go in as text, never as markup.
(() => {
  "use strict";

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function number(value) {
    if (value === null || value === undefined) return "–";
    const size = Math.abs(value);
    if (size !== 0 && (size < 0.001 || size >= 1e7)) return value.toExponential(2);
    return value.toFixed(size >= 100 ? 1 : size >= 1 || size === 0 ? 2 : 4);
  }

  function percent(value) {
    return value === null || value === undefined ? "–" : `${(value * 100).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %`;
  }

  function time(ms) {
    return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 100000 ? 1 : 0)} s`;
  }

  function show(value, kind) {
    if (value === null) return "–";
    if (kind === "share") return percent(value);
    if (kind === "ms") return time(value);
    if (kind === "fine ms") return value < 100 ? `${Number(value.toPrecision(3))} ms` : time(value);
    if (kind === "bytes") return `${(value / 1048576).toFixed(value < 10485760 ? 1 : 0)} MiB`;
    if (kind === "number") return number(value);
    return kind === "id" ? String(value).slice(0, 8) : String(value);
  }

  /** A function that writes values of an axis up to `most`: times are all in one unit. */
  function onAxis(kind, most) {
    if (kind === "number") return String;
    if (kind !== "ms") return (value) => show(value, kind);
    const [unit, name] = most < 1000 ? [1, "ms"] : [1000, "s"];
    return (value) => `${Number((value / unit).toPrecision(6))} ${name}`;
  }

  function isNumeric(kind) {
    return kind !== "text" && kind !== "words" && kind !== "id";
  }

  function cell(value, { kind }, first) {
    const text = show(value, kind);
    const one = make(first ? "th" : "td", first ? { scope: "row" } : {}, text);
    if (kind === "id" && value !== null) {
      one.title = String(value);
      one.classList.add("id");
    }
    // A name of the run's is one word, whatever signs are in it.
    if (kind === "text") one.classList.add("name");
    if (isNumeric(kind)) one.classList.add("number");
    if (kind === "share" && value !== null) {
      one.classList.add("bar");
      one.style.setProperty("--share", `${Math.min(1, Math.max(0, value)) * 100}%`);
    }
    return one;
  }

  function table(section) {
    const head = make(
      "tr",
      {},
      ...section.columns.map((column) => {
        const name = make("th", { scope: "col" }, column.name);
        if (isNumeric(column.kind)) name.classList.add("number");
        return name;
      }),
    );
    const rows = section.rows.map((row) =>
      make("tr", {}, ...row.map((value, i) => cell(value, section.columns[i], i === 0)))
    );
    const caption = make("caption", { class: "hidden" }, section.title);
    const whole = make("table", {}, caption, make("thead", {}, head), make("tbody", {}, ...rows));
    // What is said in words takes the room of several numbers.
    const columns = section.columns.reduce((sum, { kind }) => sum + (kind === "words" ? 3 : 1), 0);
    whole.style.setProperty("--columns", String(columns));
    return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": section.title }, whole);
  }

  /** A table that is made when it is first opened. */
  function details(section, open = false) {
    if (!section || section.rows.length === 0) return "";
    const lines = section.rows.length;
    const summaryLine = make(
      "summary",
      {},
      `${section.title} `,
      make("span", { class: "muted" }, lines === 1 ? "1 line" : `${lines} lines`),
    );
    const element = make("details", {}, summaryLine);
    if (section.note) element.append(make("p", { class: "note" }, section.note));
    element.addEventListener("toggle", () => element.querySelector("table") ?? element.append(table(section)));
    element.open = open;
    return element;
  }

  /** A table that is there at once. */
  function opened(section) {
    return section && section.rows.length > 0 ? table(section) : "";
  }

  function card(title, note, ...children) {
    return make(
      "section",
      { class: "card" },
      make("h2", {}, title),
      ...(note ? [make("p", { class: "note" }, note)] : []),
      ...children,
    );
  }

  /** Cards beside each other, whose charts begin at one height: heading, note, chart, and what is below them. */
  function pair(...cards) {
    for (const one of cards) {
      if (!one) continue;
      const [heading, ...rest] = one.children;
      const note = rest[0]?.classList.contains("note") ? rest.shift() : make("p", { class: "note" });
      const chart = rest[0]?.tagName === "FIGURE" ? rest.shift() : make("div", {});
      one.replaceChildren(heading, note, chart, make("div", {}, ...rest));
    }
    return make("div", { class: "pair" }, ...cards);
  }

  function figure(chart) {
    const element = make("div", {
      class: "chart",
      role: "img",
      "aria-label": `${chart.title}. The table below has the data.`,
    });
    // Charts measure their place, so they are drawn when they have one.
    queueMicrotask(() => charts.draw(element, chart));
    return make("figure", {}, element, make("figcaption", {}, download(chart)));
  }

  /** The data of a chart as a file: a column for each line. */
  function download({ title, x, xLabel, lines, total }) {
    const named = lines.filter((line) => line.label !== null);
    const field = (text) => `"${String(text).replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
    const rows = x.map((at, i) => [at, ...named.map((line) => charts.valueAt(line, i, total) ?? "")].join(","));
    const text = [[xLabel, ...named.map((line) => line.label)].map(field).join(","), ...rows].join("\r\n");
    const name = `${title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}.csv`;
    const href = `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
    return make("a", { class: "csv", download: name, href, "aria-label": `${title}: data as CSV` }, "CSV");
  }

  /** One of several drawings, chosen by name. */
  function chosen(label, names, draw) {
    const place = make("div", {});
    const select = make("select", {}, ...names.map((name) => make("option", { value: name }, name)));
    const show = () => place.replaceChildren(draw(select.value));
    select.addEventListener("change", show);
    show();
    return make("div", {}, make("label", { class: "choice" }, `${label} `, select), place);
  }

  function tile(name, value, note = "") {
    return make(
      "div",
      { class: "tile" },
      make("div", { class: "name" }, name),
      make("div", { class: "value" }, value),
      make("div", { class: "muted" }, note),
    );
  }

  globalThis.elements = { make, show, onAxis, number, percent, details, opened, card, pair, figure, tile, chosen };
})();
