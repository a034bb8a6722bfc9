"use strict";
// The text alternative to the picture: ranked persons, and every entity shown, as tables.

Corridor.table = (world, act) => {
  const { el } = Corridor;
  const { nodes, words } = world;
  const STEP = 500;
  const spaced = (list) => list.map((word) => word.replace(/_/g, " ")).join(", ");
  const number = (value) => (value ? value.toLocaleString("en") : "");
  const COLUMNS = {
    ranking: [
      ["Rank", (node) => node.rank.rank ?? "", (node) => Number(node.rank.rank) || Infinity, "number"],
      ["Person", null, (node) => node.label],
      ["Country", (node) => node.countries.join(", ") || "?", (node) => node.countries.join()],
      ["Ties to", (node) => (node.rank.across ?? []).join(", "), (node) => -(node.rank.across ?? []).length],
      ["Share of paths", (node) => Corridor.details.percent(node.rank.share), (node) => -node.rank.share, "number"],
      ["Tied to", (node) => number(node.rank.degree), (node) => -(node.rank.degree ?? 0), "number"],
      ["Recorded roles", (node) => spaced(node.roles) || (node.facilitator ? "facilitator" : "none recorded"), (node) => spaced(node.roles)],
      ["Stages", (node) => spaced(node.stages), (node) => spaced(node.stages)],
      ["Last status", (node) => node.status ?? "", (node) => node.status ?? "~"],
      ["Stability", (node) => node.rank.stability, (node) => node.rank.stability],
      ["Records", (node) => node.records.join(", "), (node) => node.records.join()],
    ],
    all: [
      ["Name", null, (node) => node.label],
      ["Kind", (node) => node.kind || "–", (node) => node.kind],
      ["Country", (node) => node.countries.join(", ") || "?", (node) => node.countries.join()],
      ["Links", (node) => number(node.links.length) || "0", (node) => -node.links.length, "number"],
      ["Roles", (node) => (node.shielded ? "protected" : spaced(node.roles)), (node) => spaced(node.roles)],
      ["Grading", (node) => node.grading.join(", "), (node) => node.grading.join()],
      ["Handling", (node) => node.handling.join(", "), (node) => node.handling.join()],
      ["Records", (node) => node.records.join(", "), (node) => node.records.join()],
    ],
  };
  const sorts = { ranking: [0, 1], all: [3, 1] };
  let limit = STEP;

  function table(which, caption, rows, redraw) {
    const columns = COLUMNS[which];
    const [by, way] = sorts[which];
    const value = columns[by][2];
    const compare = (a, b) => {
      const [one, other] = [value(a), value(b)];
      const order = typeof one === "string" ? one.localeCompare(other) : one - other;
      return way * (order || 0) || a.id - b.id;
    };
    const head = columns.map(([title, , , className], i) => el("th",
      { scope: "col", className: className ?? "", "aria-sort": i !== by ? "none" : way > 0 ? "ascending" : "descending" },
      el("button", { type: "button", className: "sort", onclick: () => { sorts[which] = [i, i === by ? -way : 1]; redraw(`${which}-${i}`); }, id: `${which}-${i}` },
        title, el("span", { "aria-hidden": "true" }, i !== by ? "" : way > 0 ? " ▲" : " ▼"))));
    const body = [...rows].sort(compare).slice(0, limit).map((node) => el("tr", {}, ...columns.map(([, text, , className], i) => (text
      ? el("td", { className: className ?? "", dir: className ? "" : "auto" }, text(node))
      : el("th", { scope: "row" }, el("button", { type: "button", className: "name", dir: "auto", onclick: () => act.select(node.id, true) }, node.label))))));
    return el("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": caption },
      el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body)));
  }

  return (place, shown) => {
    const draw = (focus) => {
      const rows = [...shown].map((id) => nodes[id]);
      const ranked = rows.filter((node) => node.rank);
      place.replaceChildren(
        ...(ranked.length ? [el("h2", {}, "Ranked persons"), table("ranking", `${Corridor.count(ranked.length, "person stands", "persons stand")} on a shortest path between two others.`, ranked, draw)] : []),
        el("h2", {}, "Every entity shown"),
        table("all", `${Corridor.count(rows.length, "entity", "entities")} of ${nodes.length.toLocaleString("en")}${rows.length > limit ? `, the first ${limit.toLocaleString("en")} of this order` : ""}.`, rows, draw),
      );
      if (rows.length > limit) {
        place.append(el("button", { type: "button", onclick: () => { limit += STEP; draw(); } }, `Show ${STEP} more`));
      }
      if (focus) document.getElementById(focus)?.focus();
    };
    draw();
  };
};
