"use strict";
// What is shown: one state, the controls that change it, and the words that say it.

Corridor.filters = (() => {
  const blank = (words) => ({
    kinds: new Set(Object.keys(words.kinds).filter((kind) => words.kinds[kind].shown)),
    ties: "",
    countries: new Set(),
    role: "",
    around: true,
    grading: "",
    from: "",
    to: "",
    undated: true,
    centre: null,
    steps: 0,
  });

  // Links first, then the entities that they and the other filters leave.
  function apply(world, state) {
    const { nodes, edges, words } = world;
    const links = edges.filter((link) => passes(words, state, link)
      && state.kinds.has(nodes[link.from].kind) && state.kinds.has(nodes[link.to].kind));
    const narrowed = Boolean(state.ties || state.grading || state.from || state.to);
    let shown = new Set(nodes.filter((node) => state.kinds.has(node.kind)).map((node) => node.id));
    if (narrowed) shown = new Set(links.flatMap((link) => [link.from, link.to]));
    if (state.countries.size || state.role) shown = chosen(nodes, links, shown, state);
    if (state.centre !== null) shown = within(links, shown, state.centre, state.steps);
    return { nodes: shown, links: links.filter((link) => shown.has(link.from) && shown.has(link.to)) };
  }

  function passes(words, state, link) {
    if (state.ties && !words.sets[state.ties].includes(link.kind)) return false;
    if (state.grading && !graded(words, state.grading, link)) return false;
    if (state.from || state.to) return Corridor.overlaps(link, state.from, state.to, state.undated);
    return true;
  }

  function graded(words, least, link) {
    const limit = Corridor.ranks(words.schemes, least);
    return link.grading.some((text) => {
      const ranks = Corridor.ranks(words.schemes, text);
      return ranks && ranks.scheme === limit.scheme && ranks.source <= limit.source
        && ranks.information <= limit.information;
    });
  }

  function chosen(nodes, links, shown, state) {
    const meant = (node) => (!state.countries.size || (node.countries.length
      ? node.countries.some((code) => state.countries.has(code)) : state.countries.has("")))
      && (!state.role || node.roles.includes(state.role));
    const core = new Set([...shown].filter((id) => meant(nodes[id])));
    if (!state.around) return core;
    const wide = new Set(core);
    for (const link of links) {
      if (core.has(link.from) && shown.has(link.to)) wide.add(link.to);
      if (core.has(link.to) && shown.has(link.from)) wide.add(link.from);
    }
    return wide;
  }

  function within(links, shown, centre, steps) {
    let edge = new Set([centre]);
    const found = new Set(edge);
    for (let step = 0; step < steps; step += 1) {
      const next = new Set();
      for (const link of links) {
        if (edge.has(link.from) && shown.has(link.to) && !found.has(link.to)) next.add(link.to);
        if (edge.has(link.to) && shown.has(link.from) && !found.has(link.from)) next.add(link.from);
      }
      next.forEach((id) => found.add(id));
      edge = next;
    }
    return found;
  }

  const capital = (text) => text.replace(/^./u, (first) => first.toUpperCase());
  const setWords = (name) => capital(name.replace(/_/g, " ").toLowerCase());

  function sentence(world, state) {
    const said = [];
    const all = Object.keys(world.words.kinds);
    const on = all.filter((kind) => state.kinds.has(kind)).map((kind) => world.words.kinds[kind].plural);
    if (on.length < all.length) said.push(on.length ? `only ${on.join(", ")}` : "no kind");
    if (state.ties) said.push(setWords(state.ties));
    if (state.countries.size) said.push([...state.countries].map((code) => code || "undetermined").join(", "));
    if (state.role) said.push(`role ${state.role}`);
    if ((state.countries.size || state.role) && state.around) said.push("and those tied to them");
    if (state.grading) said.push(`graded ${state.grading} or better`);
    if (state.from || state.to) said.push(`${state.from || "…"} to ${state.to || "…"}${state.undated ? ", undated kept" : ""}`);
    if (state.centre !== null) {
      said.push(`within ${Corridor.count(state.steps, "step", "steps")} of ${world.nodes[state.centre].label}`);
    }
    return said.join(" · ");
  }

  function build(world, state, place, changed) {
    const { el, count } = Corridor;
    const { nodes, words } = world;
    const tally = (list) => list.reduce((map, item) => map.set(item, (map.get(item) ?? 0) + 1), new Map());
    const byKind = tally(nodes.map((node) => node.kind));
    const placed = nodes.filter((node) => words.kinds[node.kind]?.shown);
    const byCountry = tally(placed.flatMap((node) => (node.countries.length ? node.countries : [""])));
    const byRole = tally(nodes.flatMap((node) => node.roles));
    const glyphs = [];

    const check = (text, on, toggle, more = {}) => {
      const input = el("input", { type: "checkbox", checked: on, ...more });
      input.addEventListener("change", () => { toggle(input.checked); changed(); });
      return { input, label: el("label", { className: "check" }, input, ...[].concat(text)) };
    };
    const flip = (set, item) => (on) => { if (on) set.add(item); else set.delete(item); };
    const number = (value) => el("span", { className: "count" }, value.toLocaleString("en"));
    const group = (title, ...inside) => el("fieldset", {}, el("legend", {}, title), ...inside);

    const kindOf = ([kind, about]) => {
      const slot = el("span", { className: "slot" });
      glyphs.push((look) => slot.replaceChildren(Corridor.draw.glyph(about, { kind, facilitator: true }, look)));
      return check([slot, el("span", {}, capital(about.plural)), number(byKind.get(kind) ?? 0)], state.kinds.has(kind),
        flip(state.kinds, kind), { value: kind, name: "kind" }).label;
    };
    const [office, field] = [true, false].map((side) => Object.entries(words.kinds)
      .filter(([, about]) => (about.group === "cooperation") === side));
    const folded = office.length ? el("details", { open: office.some(([kind]) => state.kinds.has(kind)) },
      el("summary", {}, "Co-operation"), ...office.map(kindOf)) : null;
    const codes = [...byCountry].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    const countries = codes.map(([code, found]) => check(
      [el("span", { className: "code" }, code || "?"), el("span", {}, code ? words.countries[code] : "undetermined"), number(found)],
      state.countries.has(code), flip(state.countries, code), { value: code, name: "country" }).label);

    const select = (name, title, first, options, key) => {
      const input = el("select", { name, id: `filter-${name}` }, el("option", { value: "" }, first), ...options);
      input.value = state[key];
      input.addEventListener("change", () => { state[key] = input.value; changed(); });
      return el("div", { className: "field" }, el("label", { htmlFor: `filter-${name}` }, title), input);
    };
    const sets = Object.keys(words.sets).sort((a, b) => (b === "BROKER_TIES") - (a === "BROKER_TIES") || a.localeCompare(b));
    const ties = select("ties", "Ties", "All recorded links", sets.map((name) => el("option", { value: name },
      name === "BROKER_TIES" ? "Broker ties (what ranks)" : setWords(name))), "ties");
    const roles = select("role", "Recorded role", "Any role or none", [...byRole].sort().map(([role, found]) =>
      el("option", { value: role }, `${role.replace(/_/g, " ")} (${found})`)), "role");
    const grades = select("grading", "Least grading", "Any, graded or not", gradings(world), "grading");

    const day = (name, title) => {
      const input = el("input", { type: "date", name, id: `filter-${name}`, value: state[name] });
      input.addEventListener("change", () => { state[name] = input.value; changed(); });
      return el("div", { className: "field" }, el("label", { htmlFor: `filter-${name}` }, title), input);
    };
    const around = check("and those tied to them", state.around, (on) => { state.around = on; }).label;
    const undated = check("keep links without a date", state.undated, (on) => { state.undated = on; }).label;

    const dated = world.edges.some((link) => link.since || link.until);
    place.replaceChildren(...[
      group("Shown", ...field.map(kindOf), folded),
      sets.length ? group("Links", ties, grades) : null,
      byCountry.size > 1 ? group("Country of a person or firm", el("div", { className: "long" }, ...countries), around) : null,
      byRole.size ? group("Role", roles) : null,
      dated ? group("Period", el("div", { className: "two" }, day("from", "From"), day("to", "To")), undated) : null,
      legend(world, glyphs),
    ].filter(Boolean));
    return { paint: (look) => glyphs.forEach((paint) => paint(look)) };
  }

  function gradings(world) {
    const { words, edges } = world;
    const found = new Set(edges.flatMap((link) => link.grading).filter((text) => Corridor.ranks(words.schemes, text)));
    const schemes = [...new Set([...found].map((text) => text.split(":")[0]))].sort();
    return schemes.map((scheme) => Corridor.el("optgroup", { label: scheme }, ...[...found].sort()
      .filter((text) => text.startsWith(scheme + ":"))
      .map((text) => Corridor.el("option", { value: text }, `${text.split(":")[1]} or better`))));
  }

  function legend(world, glyphs) {
    const { el } = Corridor;
    const row = (paint, text) => {
      const slot = el("span", { className: "slot" });
      glyphs.push((look) => slot.replaceChildren(paint(look)));
      return el("li", {}, slot, text);
    };
    const person = (more) => (look) => Corridor.draw.glyph(world.words.kinds.Person, { kind: "Person", ...more }, look);
    const rows = [];
    if (world.words.kinds.Person) {
      rows.push(
        row(person({ facilitator: true }), "a record calls them facilitator"),
        row(person({}), "no record does"),
        row(person({ shielded: true }), "protected: pseudonym, not ranked"),
        row(person({ facilitator: true, status: "x" }), "has a last recorded status"),
      );
    }
    rows.push(
      row((look) => Corridor.draw.stroke(look, { cross: true }), "link across a border"),
      row((look) => Corridor.draw.stroke(look, {}), "inside a country, or one unknown"),
    );
    if (world.edges.some((link) => link.derived)) {
      rows.push(row((look) => Corridor.draw.stroke(look, { derived: true }), "derived from a journey only"));
    }
    return el("section", { className: "legend" }, el("h3", {}, "How to read it"), el("ul", {}, ...rows),
      el("p", { className: "small soft" }, "Larger = stands on more shortest paths. Thicker line = more links. Being central makes nobody a facilitator."));
  }

  return { blank, apply, sentence, build };
})();
