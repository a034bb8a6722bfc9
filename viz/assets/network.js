"use strict";
// The page at work: the chart by vis-network, and what happens when somebody touches anything.

(async () => {
  const at = (id) => document.getElementById(id);
  const world = Corridor.index(await Corridor.read("network-data"));
  const { nodes, words, pairs } = world;
  const { draw, filters } = Corridor;
  const state = filters.blank(words);
  const brokers = nodes.filter((node) => node.rank).sort((a, b) => b.rank.share - a.rank.share || a.id - b.id);
  const bold = new Set(brokers.slice(0, draw.BOLD).map((node) => node.id));
  let look = draw.colours(words.themes);
  let shown = filters.apply(world, state);
  let shownLinks = new Set(shown.links.map((link) => link.id));
  let lit = null; // { nodes: Set, pairs: Set } when something is chosen
  let chosen = { kind: "start" };
  let hovered = null;
  let pathStart = null;
  let boxes = [];
  let order = [];

  document.documentElement.classList.add("live");

  // --- the chart ---------------------------------------------------------------------------
  const place = at("chart-canvas");
  const lines = new vis.DataSet();
  const marks = new vis.DataSet(nodes.map((node) => ({ id: node.id, x: node.x, y: node.y, size: node.size, hidden: !shown.nodes.has(node.id) })));
  for (const pair of pairs.values()) {
    if (pair.from !== pair.to) lines.add({ id: pair.id, from: pair.from, to: pair.to, ...lineOf(pair) });
  }
  const chart = new vis.Network(place, { nodes: marks, edges: lines }, {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    nodes: { shape: "custom", chosen: false, ctxRenderer: ({ ctx, id, x, y }) => {
      const node = nodes[id];
      return {
        drawNode: () => draw.node(ctx, words.kinds[node.kind], node, x, y, node.size, look),
        nodeDimensions: { width: 2 * node.size, height: 2 * node.size },
      };
    } },
    edges: { smooth: false, chosen: false, hoverWidth: 0, selectionWidth: 0, arrowStrikethrough: false },
    interaction: { hover: true, selectConnectedEdges: false, zoomSpeed: 0.7, keyboard: false, tooltipDelay: 1e9 },
  });
  place.querySelector("canvas").setAttribute("aria-hidden", "true");
  place.querySelectorAll("[tabindex]").forEach((part) => part.setAttribute("tabindex", "-1"));

  function lineOf(pair) {
    const links = pair.links.filter((link) => shownLinks.has(link.id));
    const forward = links.some((link) => !link.symmetric && link.from === pair.from);
    const backward = links.some((link) => !link.symmetric && link.from === pair.to);
    Object.assign(pair, { forward, backward, derived: links.length > 0 && links.every((link) => link.derived) });
    pair.width = Math.min(5, 1 + 0.7 * Math.log2(Math.max(1, links.length)));
    const arrow = (enabled) => ({ enabled, scaleFactor: 0.45, type: "arrow" });
    const colour = pair.cross ? look.cross : look.edge;
    return {
      hidden: !links.length,
      width: pair.width,
      dashes: pair.derived ? [5, 4] : false,
      arrows: { to: arrow(forward), from: arrow(backward) },
      color: { color: colour, highlight: colour, hover: colour, inherit: false },
    };
  }

  // Screen pixels of everything shown, for what is drawn over vis: veil, chosen links, labels.
  function spots() {
    const scale = chart.getScale();
    const centre = chart.getViewPosition();
    const size = { width: place.clientWidth, height: place.clientHeight };
    const found = new Map();
    const where = chart.getPositions();
    for (const id of shown.nodes) {
      const { x, y } = where[id];
      found.set(id, {
        x: (x - centre.x) * scale + size.width / 2,
        y: (y - centre.y) * scale + size.height / 2,
        r: nodes[id].size * scale,
      });
    }
    return { found, size, scale };
  }

  chart.on("afterDrawing", (ctx) => {
    const { found, size, scale } = spots();
    ctx.save();
    const ratio = ctx.canvas.width / size.width;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (lit) raise(ctx, found, size, scale);
    const candidates = lit ? order.filter(({ entity }) => lit.nodes.has(entity.id)) : order;
    const near = candidates.filter(({ entity }) => scale > 1.5 || !entity.shielded || lit);
    const inSight = lit ? new Map([...found].filter(([id]) => lit.nodes.has(id))) : found;
    const { drawn, taken } = draw.labels(ctx, inSight, near, look, size);
    boxes = drawn;
    for (const [id, spot] of found) if (!lit || lit.nodes.has(id)) draw.code(ctx, nodes[id], spot, look);
    if (lit) name(ctx, found, taken);
    ctx.restore();
  });

  // Fade the rest, and draw what is chosen once more above it.
  function raise(ctx, found, size, scale) {
    ctx.globalAlpha = 0.8;
    ctx.fillStyle = look.panel;
    ctx.fillRect(0, 0, size.width, size.height);
    ctx.globalAlpha = 1;
    for (const id of lit.pairs) {
      const pair = pairs.get(id);
      const [a, b] = [found.get(pair.from), found.get(pair.to)];
      if (a && b) draw.line(ctx, a, b, pair, look, Math.max(1.4, pair.width * Math.min(1.4, scale)));
    }
    for (const id of lit.nodes) {
      const spot = found.get(id);
      if (!spot) continue;
      draw.node(ctx, words.kinds[nodes[id].kind], nodes[id], spot.x, spot.y, spot.r, look);
      if (id === lit.centre) {
        ctx.beginPath();
        ctx.arc(spot.x, spot.y, spot.r + 6, 0, 2 * Math.PI);
        ctx.strokeStyle = look.focus;
        ctx.lineWidth = 2.5;
        ctx.stroke();
      }
    }
  }

  // The kind of each chosen link, in the middle of its line where there is room.
  function name(ctx, found, taken) {
    ctx.font = `italic 11px ${draw.FONT}`;
    for (const id of lit.pairs) {
      const pair = pairs.get(id);
      const [a, b] = [found.get(pair.from), found.get(pair.to)];
      const kinds = [...new Set(pair.links.filter((link) => shownLinks.has(link.id)).map((link) => link.kind.toLowerCase().replace(/_/g, " ")))];
      if (!a || !b || !kinds.length) continue;
      const text = kinds.length > 2 ? `${kinds[0]} + ${kinds.length - 1}` : kinds.join(", ");
      const half = draw.widthOf(ctx, text, ctx.font) / 2;
      const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
      const box = { left: x - half, right: x + half, top: y - 7, bottom: y + 7 };
      if (!text || !taken.free(box)) continue;
      taken.take(box);
      draw.inked(ctx, text, box, look, look.soft);
    }
  }

  function rank() {
    const first = (node) => (chosen.id === node.id ? 4 : bold.has(node.id) ? 3 : node.facilitator ? 2 : node.shielded ? 0 : 1);
    order = [...shown.nodes].map((id) => nodes[id])
      .sort((a, b) => first(b) - first(a) || b.size - a.size || b.links.length - a.links.length || a.id - b.id)
      .map((entity) => ({ entity, bold: bold.has(entity.id) || chosen.id === entity.id, text: entity.status ? `${entity.label} · ${entity.status.split(",")[0]}` : entity.label }));
  }

  // --- what is shown -----------------------------------------------------------------------
  function refresh() {
    shown = filters.apply(world, state);
    shownLinks = new Set(shown.links.map((link) => link.id));
    const moved = [];
    nodes.forEach((node) => {
      const hidden = !shown.nodes.has(node.id);
      if (marks.get(node.id).hidden !== hidden) moved.push({ id: node.id, hidden });
    });
    if (moved.length) marks.update(moved);
    repaint();
    if (chosen.kind === "node" && !shown.nodes.has(chosen.id)) choose({ kind: "start" });
    else choose(chosen);
    say();
  }

  function repaint() {
    const changed = [];
    for (const pair of pairs.values()) {
      if (pair.from === pair.to) continue;
      const now = lineOf(pair);
      const name = `${now.hidden}${now.width}${pair.forward}${pair.backward}${pair.derived}${now.color.color}`;
      if (pair.drawn !== name) changed.push({ id: pair.id, ...now });
      pair.drawn = name;
    }
    if (changed.length) lines.update(changed);
  }

  function say() {
    const total = (a, b, words) => `${a.toLocaleString("en")} of ${b.toLocaleString("en")} ${words}`;
    at("shown").textContent = `Showing ${total(shown.nodes.size, nodes.length, "entities")}, ${total(shown.links.length, world.edges.length, "links")}`;
    at("state").textContent = filters.sentence(world, state);
    at("centre-off").hidden = state.centre === null;
    if (!at("table").hidden) fillTable(at("table"), shown.nodes);
  }

  // --- what is chosen ----------------------------------------------------------------------
  const act = {
    select: (id, keep) => { reveal(id); choose({ kind: "node", id }, true); if (!keep) follow(id); },
    around: (id, steps) => { Object.assign(state, { centre: id, steps }); refresh(); fit(); },
    centre: (id) => { if (at("chart").hidden) view("chart"); chart.focus(id, { scale: Math.max(1, chart.getScale()), animation: false }); },
    pathFrom: (id) => { pathStart = id; at("path-ask").hidden = false; at("path-from").textContent = nodes[id].label; at("path-to").focus(); },
  };
  const panes = Corridor.details.page(world, act);
  const fillTable = Corridor.table(world, act);

  // Choosing what a filter hides shows its kind; if it stays hidden, the filters give way.
  function reveal(id) {
    if (shown.nodes.has(id)) return;
    state.kinds.add(nodes[id].kind);
    if (!filters.apply(world, state).nodes.has(id)) reset();
    state.kinds.add(nodes[id].kind);
    rebuild();
    refresh();
  }

  // Bring what was chosen into the picture, moving it only when it is out of sight.
  function follow(id) {
    if (at("chart").hidden) return;
    const spot = spots().found.get(id);
    const inside = spot && spot.x > 40 && spot.y > 40 && spot.x < place.clientWidth - 40 && spot.y < place.clientHeight - 40;
    if (!inside) chart.moveTo({ position: chart.getPositions([id])[id], animation: false });
  }

  function choose(next, focus = false) {
    chosen = next;
    const within = (links) => ({ nodes: new Set(links.flatMap((link) => [link.from, link.to])), pairs: new Set(links.map((link) => link.pair)) });
    const content = {
      start: () => { lit = null; return panes.start(brokers); },
      node: () => {
        const node = nodes[next.id];
        lit = within(node.links.filter((link) => shownLinks.has(link.id)));
        lit.nodes.add(next.id);
        lit.centre = next.id;
        return panes.entity(node, shownLinks);
      },
      pair: () => { lit = within(next.pair.links); return panes.pair(next.pair, shownLinks); },
      path: () => { lit = next.steps ? within(next.steps.flatMap((step) => step.links)) : null; return panes.path(next.steps, next.from, next.to); },
    }[next.kind]();
    const back = Corridor.el("button", { type: "button", className: "back", onclick: () => choose({ kind: "start" }) }, "← Who stands between others");
    at("details").replaceChildren(...[next.kind === "start" ? null : back, ...content].filter(Boolean));
    at("details").scrollTop = 0;
    if (focus) at("detail-head")?.focus({ preventScroll: true });
    rank();
    chart.redraw();
  }

  // Fewest steps; among equals the one whose links rest on more records. Protected persons are
  // never between. Each step costs 1 and a little for thin evidence, so steps always count first.
  function findPath(from, to) {
    const cost = new Map([[from, 0]]);
    const back = new Map();
    const open = new Set([from]);
    const near = new Map();
    for (const link of shown.links) {
      for (const [one, other] of [[link.from, link.to], [link.to, link.from]]) {
        if (!near.has(one)) near.set(one, new Map());
        if (!near.get(one).has(other)) near.get(one).set(other, []);
        near.get(one).get(other).push(link);
      }
    }
    const weight = (links) => new Set(links.flatMap((link) => link.records)).size;
    while (open.size) {
      const here = [...open].reduce((a, b) => (cost.get(b) < cost.get(a) || (cost.get(b) === cost.get(a) && b < a) ? b : a));
      open.delete(here);
      if (here === to) break;
      if (nodes[here].shielded && here !== from) continue;
      for (const [other, links] of near.get(here) ?? []) {
        const price = cost.get(here) + 1 + 0.001 / (1 + weight(links));
        if (price < (cost.get(other) ?? Infinity) - 1e-12) {
          cost.set(other, price);
          back.set(other, { from: here, to: other, links, weight: weight(links) });
          open.add(other);
        }
      }
    }
    if (!back.has(to)) return null;
    const steps = [];
    for (let here = to; here !== from; here = back.get(here).from) steps.unshift(back.get(here));
    return steps;
  }

  // --- controls ----------------------------------------------------------------------------
  let controls;
  function rebuild() {
    controls = filters.build(world, state, at("filters-body"), refresh);
    controls.paint(look);
  }
  function reset() { Object.assign(state, filters.blank(words)); }
  function fit() { chart.fit({ nodes: [...shown.nodes], maxZoomLevel: 1.3, animation: false }); }
  function zoom(by) { chart.moveTo({ scale: Math.min(6, Math.max(0.03, chart.getScale() * by)), animation: false }); }
  function pan(x, y) {
    const centre = chart.getViewPosition();
    const scale = chart.getScale();
    chart.moveTo({ position: { x: centre.x + x / scale, y: centre.y + y / scale }, animation: false });
  }
  function view(which) {
    for (const name of ["chart", "table"]) {
      at(name).hidden = name !== which;
      at(`view-${name}`).setAttribute("aria-pressed", String(name === which));
    }
    if (which === "table") fillTable(at("table"), shown.nodes);
    else { chart.setSize("100%", "100%"); chart.redraw(); }
  }
  function theme() {
    const dark = look === words.themes.dark;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    recolour();
  }
  function recolour() {
    look = draw.colours(words.themes);
    controls.paint(look);
    repaint();
    choose(chosen);
  }

  const about = (node) => [node.kind, node.countries.join(" "), node.status].filter(Boolean).join(" · ");
  const describe = (node) => [node.label, about(node)];
  Corridor.combobox({ input: at("search"), list: at("search-list"), find: (text) => Corridor.search(nodes, text), describe, take: (node) => act.select(node.id) });
  Corridor.combobox({
    input: at("path-to"), list: at("path-list"), describe,
    find: (text) => Corridor.search(nodes.filter((node) => shown.nodes.has(node.id) && node.id !== pathStart && !node.shielded), text),
    take: (node) => { at("path-ask").hidden = true; choose({ kind: "path", from: pathStart, to: node.id, steps: findPath(pathStart, node.id) }, true); },
  });
  at("path-cancel").addEventListener("click", () => { at("path-ask").hidden = true; });
  at("reset").addEventListener("click", () => { reset(); rebuild(); refresh(); fit(); });
  at("centre-off").addEventListener("click", () => { Object.assign(state, { centre: null, steps: 0 }); refresh(); fit(); });
  at("view-chart").addEventListener("click", () => view("chart"));
  at("view-table").addEventListener("click", () => view("table"));
  at("theme").addEventListener("click", theme);
  at("save-png").addEventListener("click", savePicture);
  at("print").addEventListener("click", () => window.print());
  at("zoom-in").addEventListener("click", () => zoom(1.3));
  at("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  at("zoom-fit").addEventListener("click", fit);
  at("filters-toggle").addEventListener("click", () => {
    const open = at("app").classList.toggle("no-filters");
    at("filters-toggle").setAttribute("aria-expanded", String(!open));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);

  const KEYS = { "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), "0": fit,
    ArrowLeft: () => pan(-60, 0), ArrowRight: () => pan(60, 0), ArrowUp: () => pan(0, -60), ArrowDown: () => pan(0, 60) };
  at("chart").addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("button")) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select")) return;
    if (event.key === "/") { event.preventDefault(); at("search").focus(); }
    if (event.key === "Escape") choose({ kind: "start" });
  });

  // --- pointing ----------------------------------------------------------------------------
  chart.on("click", (event) => {
    const { x, y } = event.pointer.DOM;
    const label = boxes.find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
    const id = event.nodes[0] ?? label?.id;
    if (id !== undefined) act.select(id);
    else if (event.edges.length) choose({ kind: "pair", pair: pairs.get(event.edges[0]) }, true);
    else choose({ kind: "start" });
  });
  // Until somebody moves the picture, it fits the window, whatever becomes of the window.
  let untouched = true;
  for (const touch of ["dragStart", "zoom"]) chart.on(touch, () => { untouched = false; });
  chart.on("resize", () => { if (untouched && !lit) fit(); });
  chart.on("hoverNode", ({ node }) => { hovered = node; });
  chart.on("blurNode", () => { hovered = null; at("hint").hidden = true; });
  chart.on("dragStart", () => { hovered = null; at("hint").hidden = true; });
  place.addEventListener("pointermove", (event) => {
    place.classList.toggle("pointing", hovered !== null);
    if (hovered === null) return;
    const node = nodes[hovered];
    const hint = at("hint");
    hint.replaceChildren(
      Corridor.el("strong", { dir: "auto" }, node.label),
      Corridor.el("span", {}, [about(node), node.rank ? `rank ${node.rank.rank}` : "", Corridor.count(node.links.length, "link", "links")].filter(Boolean).join(" · ")));
    hint.hidden = false;
    const area = at("chart").getBoundingClientRect();
    hint.style.left = `${Math.min(event.clientX - area.left + 14, area.width - hint.offsetWidth - 8)}px`;
    hint.style.top = `${Math.min(event.clientY - area.top + 14, area.height - hint.offsetHeight - 8)}px`;
  });

  // --- a picture to hand on: marking, title, what is shown and where it came from in it ------
  function picture() {
    if (at("chart").hidden) view("chart");
    const source = place.querySelector("canvas");
    const width = place.clientWidth;
    const ratio = source.width / width;
    const ruler = Corridor.el("canvas").getContext("2d");
    ruler.font = `12px ${draw.FONT}`;
    const rows = [
      ...wrapped(ruler, at("shown").textContent + (at("state").textContent ? ` · ${at("state").textContent}` : ""), width - 28),
      ...wrapped(ruler, world.facts.map(([title, value]) => `${title}: ${value}`).join(" · "), width - 28),
    ];
    const height = place.clientHeight + 98 + 17 * rows.length;
    const canvas = Corridor.el("canvas", { width: source.width, height: Math.round(height * ratio) });
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    ctx.fillStyle = look.panel;
    ctx.fillRect(0, 0, width, height);
    ctx.drawImage(source, 0, 62, width, place.clientHeight);
    const banner = getComputedStyle(document.querySelector(".marking"));
    ctx.textBaseline = "middle";
    ctx.textAlign = "center";
    ctx.font = `700 13px ${draw.FONT}`;
    for (const y of [0, height - 24]) {
      ctx.fillStyle = banner.backgroundColor;
      ctx.fillRect(0, y, width, 24);
      ctx.fillStyle = banner.color;
      ctx.fillText(world.marking || "No marking stated", width / 2, y + 12, width - 20);
    }
    ctx.textAlign = "left";
    ctx.fillStyle = look.ink;
    ctx.font = `650 17px ${draw.FONT}`;
    ctx.fillText(world.title, 14, 44, width - 28);
    ctx.font = ruler.font;
    ctx.fillStyle = look.soft;
    rows.forEach((text, i) => ctx.fillText(text, 14, place.clientHeight + 74 + 17 * i, width - 28));
    return canvas;
  }

  function wrapped(ruler, text, width) {
    const rows = [""];
    for (const word of text.split(" ")) {
      const longer = `${rows.at(-1)} ${word}`.trim();
      if (ruler.measureText(longer).width <= width || !rows.at(-1)) rows[rows.length - 1] = longer;
      else rows.push(word);
    }
    return rows;
  }

  function savePicture() {
    picture().toBlob((blob) => {
      const link = Corridor.el("a", { href: URL.createObjectURL(blob), download: "network.png" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  }

  // --- begin -------------------------------------------------------------------------------
  rebuild();
  choose(chosen);
  say();
  fit();
  Corridor.page = { world, state, chart, act, spots, picture, boxes: () => boxes, shown: () => shown, refresh, findPath };
  requestAnimationFrame(() => requestAnimationFrame(() => {
    performance.mark("ready");
    document.documentElement.dataset.ready = "yes";
  }));
})();
