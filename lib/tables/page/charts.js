// Charts of the page: lines, and shares stacked upon each other. Colours are read from the style sheet whenever a
// chart is drawn, so that they follow the reader's choice of light or dark.
(() => {
  "use strict";
  const height = 260;
  const mostParted = 100;
  const wholeSteps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000, 20000, 50000, 100000];
  const charts = [];

  function css(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function axis(extra) {
    return {
      stroke: () => css("--muted"),
      font: "12px system-ui, sans-serif",
      labelFont: "12px system-ui, sans-serif",
      labelSize: 18,
      grid: { stroke: () => css("--grid"), width: 1 },
      ticks: { stroke: () => css("--grid"), width: 1, size: 4 },
      ...extra,
    };
  }

  function options(chart) {
    const { values, within, logarithmic } = chart;
    return {
      width: 600,
      height,
      scales: {
        x: { time: false, range: (_u, min, max) => min === max ? [min - 0.5, max + 0.5] : [min, max] },
        y: logarithmic
          ? { distr: 3, range: (_u, min, max) => uPlot.rangeLog(min, max, 10, false) }
          : { range: (_u, min, max) => within ?? rangeOf(values === "count", min, max) },
      },
      axes: [
        axis({
          label: chart.xLabel,
          incrs: wholeSteps,
          space: 42,
          size: 30,
          values: (_u, splits) => splits.map(String),
        }),
        axis({
          label: chart.yLabel,
          size: (_u, values) => 14 + 7 * Math.max(3, ...(values ?? []).map((text) => String(text).length)),
          ...(values === "count" && { incrs: wholeSteps }),
          values: (_u, splits) => {
            const written = elements.onAxis(values, splits.at(-1));
            return splits.map((split) => split === null ? "" : written(split));
          },
        }),
      ],
      cursor: { drag: { x: false, y: false }, points: { size: 6 } },
      legend: { live: true },
    };
  }

  /** Counts from 0 on; of all else the change is to be seen. */
  function rangeOf(counts, min, max) {
    if (min === null || min === max && !counts) return [(min ?? 0) - 1, (max ?? 0) + 1];
    return counts ? uPlot.rangeNum(Math.min(0, min), max || 1, 0.08, true) : uPlot.rangeNum(min, max, 0.08, true);
  }

  /** A value of a line as it is shown: a share, where there is what it is a share of. */
  function valueAt({ values }, i, total) {
    const value = values[i] ?? null;
    return value === null || !total ? value : value / Math.max(1, total[i]);
  }

  /** What the legend says of the place on the axis. */
  function place({ xLabel }) {
    return { label: xLabel, value: (_u, x) => x === null ? "–" : String(x) };
  }

  function series(line, chart) {
    const { total, values } = chart;
    return {
      // The second half of a band has no name of its own.
      ...(line.label === null ? { class: "unnamed" } : { label: line.label }),
      // Few areas are parted by a fine line, of many points nothing else would be left.
      stroke: () => css(line.fill && chart.x.length <= mostParted ? "--surface" : `--${line.color}`),
      width: line.width ?? 2,
      dash: line.dash,
      points: { show: line.points === false ? false : undefined, size: 5 },
      value: (_u, v, _series, i) => i === null || v === null ? "–" : elements.show(valueAt(line, i, total), values),
      ...(line.fill && { fill: () => css(`--${line.fill}`) }),
    };
  }

  function mount(element, chart, own, data) {
    // Where nobody points at a cycle, the legend tells of the last one.
    const setCursor = [(u) => u.cursor.idx ?? u.setLegend({ idx: data[0].length - 1 })];
    const plot = new uPlot({ ...options(chart), ...own, hooks: { setCursor } }, data, element);
    const fit = () => {
      const width = Math.floor(element.clientWidth);
      if (width > 0 && width !== plot.width) plot.setSize({ width, height });
    };
    fit();
    new ResizeObserver(fit).observe(element);
    charts.push(plot);
  }

  /** Lines over cycles; `band: [upper, lower]` names two lines by index between which a band is filled. */
  function lines(element, chart) {
    mount(element, chart, {
      series: [place(chart), ...chart.lines.map((line) => series(line, chart))],
      ...(chart.band && {
        bands: [{ series: chart.band.map((index) => index + 1), fill: () => css("--band") }],
      }),
    }, [chart.x, ...chart.lines.map((line) => line.values)]);
  }

  /** Areas stacked upon each other, the first one at the bottom. */
  function stacked(element, chart) {
    let sums = chart.x.map(() => 0);
    const stacks = chart.lines.map((line) =>
      sums = sums.map((sum, i) => sum + (line.part ?? 1) * (valueAt(line, i, chart.total) ?? 0))
    );
    const last = chart.lines.length - 1;
    // The topmost is drawn first, each lower one over it, in the surface's colour beneath its own.
    const order = chart.lines.map((_, i) => last - i);
    mount(element, chart, {
      series: [
        place(chart),
        ...order.map((i) =>
          series({ ...chart.lines[i], width: 0.5, fill: chart.lines[i].color, points: false }, chart)
        ),
      ],
    }, [chart.x, ...order.map((i) => stacks[i])]);
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const plot of charts) plot.redraw(false);
  });

  function draw(element, chart) {
    (chart.kind === "stacked" ? stacked : lines)(element, chart);
  }

  globalThis.charts = { draw, valueAt };
})();
