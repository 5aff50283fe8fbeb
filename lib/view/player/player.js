// A player of episodes within an element. Texts go in as text, never as markup; the rest are numbers and names of colours.
// `own`: nothing else is on the page, so that its keys are heard wherever the focus is.
globalThis.player = (root, data, own) => {
  "use strict";
  const { title, colors, episodes } = data;
  const svgSpace = "http://www.w3.org/2000/svg";
  const longer = 800;
  const speeds = [["slow", 2], ["normal", 8], ["fast", 25]];
  const state = { episode: 0, frame: 0, perSecond: 8, timer: undefined };

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function make(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
  }

  function draw(tag, attributes, ...children) {
    return fill(document.createElementNS(svgSpace, tag), attributes, children);
  }

  function button(name, key, act) {
    const made = make("button", { type: "button", title: `${name} (${key})` }, name);
    made.addEventListener("click", act);
    return made;
  }

  function choice(name, options, chosen, choose) {
    const made = make("select", {});
    for (const [i, one] of options.entries()) made.append(make("option", { value: i }, one));
    made.value = String(chosen);
    made.addEventListener("change", () => choose(Number(made.value)));
    return { made, labelled: make("label", {}, make("span", {}, name), made) };
  }

  const color = (name = "ink") => typeof name === "number" ? colors[name % colors.length] : name;

  // From the world's units to those of the picture, whose longer side is always the same.
  function picture({ x, y, width, height }) {
    const scale = longer / Math.max(width, height);
    return { scale, left: x, top: y, width: width * scale, height: height * scale, text: Math.max(width, height) / 30 };
  }

  function shapeOf(shape, { scale, left, top, text }) {
    const x = (shape.x - left) * scale, y = (shape.y - top) * scale;
    const name = color(shape.color);
    const make = {
      circle: () => draw("circle", { class: `c-${name}`, cx: x, cy: y, r: shape.radius * scale }),
      cell: () => draw("rect", { class: `c-${name}`, x, y, width: shape.width * scale, height: shape.height * scale }),
      line: () =>
        draw("polyline", {
          class: `l l-${name}`,
          "stroke-width": shape.width === undefined ? 1.5 : shape.width * scale,
          points: shape.points.map(([a, b]) => `${(a - left) * scale},${(b - top) * scale}`).join(" "),
        }),
      text: () => draw("text", { class: `c-${name}`, x, y, "font-size": (shape.size ?? text) * scale }, shape.text),
    }[shape.shape];
    const made = make();
    if (shape.label !== undefined) made.append(draw("title", {}, shape.label));
    return made;
  }

  const stage = draw("svg", { role: "img" });
  const slider = make("input", { type: "range", min: 0, step: 1, id: "frame" });
  const where = make("output", { for: "frame" });
  const facts = make("dl", {});
  const play = button("Play", "space", toggle);
  const several = choice("Episode", episodes.map(({ name }) => name), 0, open);

  const framesOf = () => episodes[state.episode].drawn.frames;

  function show(frame) {
    const { name, area, drawn } = episodes[state.episode];
    const frames = drawn.frames;
    state.frame = Math.min(Math.max(frame, 0), frames.length - 1);
    const { step, shapes } = frames[state.frame];
    const to = picture(area);
    stage.replaceChildren(...shapes.map((place) => shapeOf(drawn.shapes[place], to)));
    const words = `step ${step} of ${frames[frames.length - 1].step}`;
    stage.setAttribute("aria-label", `${name}, ${words}`);
    where.value = words;
    slider.value = String(state.frame);
    slider.setAttribute("aria-valuetext", words);
  }

  function open(episode) {
    pause();
    state.episode = Math.min(Math.max(episode, 0), episodes.length - 1);
    const { area, facts: said } = episodes[state.episode];
    const { width, height } = picture(area);
    stage.setAttribute("viewBox", `0 0 ${width} ${height}`);
    slider.max = String(framesOf().length - 1);
    several.made.value = String(state.episode);
    facts.replaceChildren(...said.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
    show(framesOf().length - 1);
  }

  function pause() {
    clearInterval(state.timer);
    state.timer = undefined;
    play.textContent = "Play";
  }

  function toggle() {
    if (state.timer !== undefined) return pause();
    if (state.frame === framesOf().length - 1) show(0);
    play.textContent = "Pause";
    state.timer = setInterval(() => {
      show(state.frame + 1);
      if (state.frame === framesOf().length - 1) pause();
    }, 1000 / state.perSecond);
  }

  function go(frame) {
    pause();
    show(frame);
  }

  function pace(speed) {
    state.perSecond = speeds[speed][1];
    if (state.timer === undefined) return;
    pause();
    toggle();
  }

  const keys = {
    " ": toggle,
    ArrowLeft: () => go(state.frame - 1),
    ArrowRight: () => go(state.frame + 1),
    Home: () => go(0),
    End: () => go(framesOf().length - 1),
    PageUp: () => open(state.episode - 1),
    PageDown: () => open(state.episode + 1),
  };

  slider.addEventListener("input", () => go(Number(slider.value)));
  (own ? document : root).addEventListener("keydown", (event) => {
    // What has the focus knows what these keys mean to it.
    const owners = event.key === " " ? "select, input, button" : "select, input";
    const isOwn = event.target instanceof Element && event.target.closest(owners);
    if (isOwn || event.altKey || event.ctrlKey || event.metaKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  root.classList.add("player");
  root.replaceChildren(
    make(own ? "h1" : "h3", {}, title),
    make("div", { class: "stage", ...(own ? {} : { tabindex: "0", role: "group", "aria-label": "Episode" }) }, stage),
    make("div", { class: "time" }, make("label", { for: "frame" }, "Time"), slider, where),
    make(
      "div",
      { class: "controls", role: "group", "aria-label": "Playing" },
      button("First", "Home", keys.Home),
      button("Back", "←", keys.ArrowLeft),
      play,
      button("Next", "→", keys.ArrowRight),
      button("Last", "End", keys.End),
      choice("Speed", speeds.map(([name]) => name), 1, pace).labelled,
      ...(episodes.length > 1 ? [several.labelled] : []),
    ),
    facts,
    make(
      "p",
      { class: "muted" },
      `${own ? "Keys" : "Keys, where the focus is in here"}: space plays, ← and → step, Home and End go to the ends${
        episodes.length > 1 ? ", Page Up and Page Down to another episode" : ""
      }.`,
    ),
  );
  open(0);
};
