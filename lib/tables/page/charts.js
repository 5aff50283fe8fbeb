// Charts of the page: lines, and shares stacked upon each other. Colours are read from the style sheet whenever a
// chart is drawn, so that they follow the reader's choice of light or dark.
(() => {
  "use strict";
  const height = 260;
  const whole = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000, 20000, 50000, 100000];
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
    const { counts, percent, format, within = percent ? [0, 1] : undefined } = chart;
    const value = format ?? (percent ? (v) => `${Math.round(v * 100)} %` : (v) => String(v));
    return {
      width: 600,
      height,
      scales: {
        x: { time: false, range: (_u, min, max) => min === max ? [min - 0.5, max + 0.5] : [min, max] },
        y: { range: (_u, min, max) => within ?? rangeOf(counts, min, max) },
      },
      axes: [
        axis({ label: chart.xLabel, incrs: whole, space: 42, size: 30 }),
        axis({
          label: chart.yLabel,
          size: (_u, values) => 14 + 7 * Math.max(3, ...(values ?? []).map((text) => String(text).length)),
          ...(counts && { incrs: whole }),
          values: (_u, splits) => splits.map((split) => split === null ? "" : value(split)),
        }),
      ],
      cursor: { drag: { x: false, y: false }, points: { size: 6 } },
      legend: { live: true },
    };
  }

  /** Counts from 0 on; of all else the change is to be seen. */
  function rangeOf(counts, min, max) {
    if (min === null || min === max) return [(min ?? 0) - 1, (max ?? 0) + 1];
    return counts ? uPlot.rangeNum(Math.min(0, min), max || 1, 0.08, true) : uPlot.rangeNum(min, max, 0.08, true);
  }

  function series(line, show) {
    return {
      // The second half of a band has no name of its own.
      ...(line.label === null ? { class: "unnamed" } : { label: line.label }),
      stroke: () => css(line.color),
      width: line.width ?? 2,
      dash: line.dash,
      points: { show: line.points === false ? false : undefined, size: 5 },
      value: (_u, v, _series, index) => index === null || v === null ? "–" : show(index),
      ...(line.fill && { fill: () => css(line.fill) }),
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
    const show = (line) => (index) => chart.show ? chart.show(line.values[index]) : String(line.values[index]);
    mount(element, chart, {
      series: [{ label: chart.xLabel }, ...chart.lines.map((line) => series(line, show(line)))],
      ...(chart.band && {
        bands: [{ series: chart.band.map((index) => index + 1), fill: () => css("--band") }],
      }),
    }, [chart.x, ...chart.lines.map((line) => line.values)]);
  }

  /** Areas stacked upon each other, the first one at the bottom. */
  function stacked(element, chart) {
    let sums = chart.x.map(() => 0);
    const stacks = chart.lines.map((line) => sums = sums.map((sum, i) => sum + (line.values[i] ?? 0)));
    const last = chart.lines.length - 1;
    // The topmost is drawn first, each lower one over it, in the surface's colour beneath its own.
    const order = chart.lines.map((_, i) => last - i);
    mount(element, chart, {
      series: [
        { label: chart.xLabel },
        ...order.map((i) => {
          const line = { ...chart.lines[i], width: 1, fill: chart.lines[i].color, points: false };
          const { values, shown = values } = chart.lines[i];
          return series(line, (index) => chart.show(shown[index] ?? 0));
        }),
      ],
    }, [chart.x, ...order.map((i) => stacks[i])]);
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const plot of charts) plot.redraw(false);
  });

  globalThis.charts = { lines, stacked };
})();
