"use strict";
// The right pane: what the records say of one entity, of one pair, or of a path between two.

Corridor.details = (() => {
  const { el, count } = Corridor;
  const spaced = (word) => word.replace(/_/g, " ");

  function page(world, act) {
    const { nodes, words } = world;
    const name = (id, className = "name") => el("button", { type: "button", className, dir: "auto", onclick: () => act.select(id) }, nodes[id].label);
    const country = (code) => (words.countries[code] && words.countries[code] !== code ? `${words.countries[code]} (${code})` : code);
    const ids = (records) => records.map((record) => el("code", { className: "id" }, record));
    const caseOf = (key) => {
      const found = world.byKey.get(key);
      return found ? el("button", { type: "button", className: "inline", onclick: () => act.select(found.id) }, found.label) : el("code", {}, key);
    };
    const row = (title, ...values) => (values.length
      ? [el("dt", {}, title), el("dd", {}, ...values.flatMap((value, i) => (i ? [", ", value] : [value])))] : []);

    function start(brokers) {
      const most = brokers[0]?.rank.share || 1;
      const list = brokers.slice(0, 10).map((node) => {
        const bar = el("span", { className: "bar", "aria-hidden": "true" });
        bar.style.inlineSize = `${Math.max(2, (100 * node.rank.share) / most)}%`;
        const places = node.countries.join(" ") || "?";
        return el("li", {},
          el("span", { className: "place" }, node.rank.rank ?? ""),
          el("div", {},
            name(node.id),
            el("span", { className: "track" }, bar),
            el("small", { className: "soft" },
              `${percent(node.rank.share)} of paths · acts in ${places}` + (node.rank.across?.length ? ` · ties to ${node.rank.across.join(" ")}` : ""),
              node.status ? el("strong", { className: "status" }, node.status) : null)));
      });
      return [
        el("h2", {}, brokers.length ? "Who stands between others" : "Nobody is ranked here"),
        brokers.length ? el("p", { className: "small soft" }, "Share of all shortest paths between two persons that run through each. Choose one to read why, and on which records.") : null,
        el("ol", { className: "ranking" }, ...list),
        el("p", { className: "small soft" }, "Click an entity or a line, or search: every link opens with its records, grading, handling and dates."),
      ];
    }

    function entity(node, shown) {
      const kind = words.kinds[node.kind];
      const slot = el("span", { className: "slot" });
      slot.append(Corridor.draw.glyph(kind, node, Corridor.draw.colours(words.themes), 28));
      const person = node.kind !== "Person" ? null
        : node.shielded ? "protected: shown by pseudonym, not ranked, no path runs through" : node.facilitator ? "recorded as a facilitator" : "not recorded as a facilitator";
      const links = node.links.filter((link) => shown.has(link.id));
      const hidden = node.links.length - links.length;
      return [
        el("div", { className: "who" }, slot, el("h2", { dir: "auto", tabIndex: -1, id: "detail-head" }, node.label)),
        el("p", { className: "soft small" }, [node.kind || "entity", person].filter(Boolean).join(" · ")),
        node.status ? el("p", { className: "notice" }, "Last recorded status: ", el("strong", {}, node.status)) : null,
        node.rank ? rank(node) : null,
        el("div", { className: "buttons" },
          el("button", { type: "button", onclick: () => act.around(node.id, 1) }, "1 step"),
          el("button", { type: "button", onclick: () => act.around(node.id, 2) }, "2 steps"),
          el("button", { type: "button", onclick: () => act.centre(node.id) }, "Centre"),
          node.shielded ? null : el("button", { type: "button", onclick: () => act.pathFrom(node.id) }, "Path to …")),
        el("dl", { className: "said" },
          ...row("Also called", ...node.names.map((text) => el("bdi", {}, text))),
          ...row("Country", ...node.countries.map(country)),
          ...row("Roles", ...node.roles.map(spaced)),
          ...row("Stages", ...node.stages.map(spaced)),
          ...row("Cases", ...node.cases.map(caseOf)),
          ...node.facts.flatMap(([title, value]) => row(title.replace(/^./, (first) => first.toUpperCase()), el("bdi", {}, value))),
          ...row("Grading", ...node.grading),
          ...row("Handling", ...node.handling),
          ...row("From", ...node.originators),
          ...row(node.records.length === 1 ? "Record" : "Records", ...ids(node.records))),
        el("h3", {}, count(links.length, "link shown", "links shown"), hidden ? el("span", { className: "soft" }, ` · ${hidden} filtered out`) : ""),
        ...company(node, links),
      ];
    }

    function rank(node) {
      const { rank: place, share, stability, why, degree, agencies, cases } = node.rank;
      const vouched = [degree ? count(degree, "person tied to", "persons tied to") : "", cases ? count(cases, "case", "cases") : "", agencies ? count(agencies, "agency", "agencies") : ""];
      return el("section", { className: "rank" },
        el("p", {}, el("strong", {}, place ? `Rank ${place}` : "Ranked"), ` · on ${percent(share)} of shortest paths`),
        el("p", { className: "small" }, [...vouched, stability].filter(Boolean).join(" · ")),
        why ? el("details", {}, el("summary", {}, "Why this rank"), el("p", { className: "small", dir: "auto" }, why)) : null);
    }

    // Links by the other end, the best known first.
    function company(node, links) {
      const others = new Map();
      for (const link of links) {
        const other = link.from === node.id ? link.to : link.from;
        if (!others.has(other)) others.set(other, []);
        others.get(other).push(link);
      }
      const order = [...others].sort((a, b) => nodes[b[0]].size - nodes[a[0]].size || a[0] - b[0]);
      return order.map(([other, some]) => el("section", { className: "company" },
        el("h4", {}, name(other), el("span", { className: "soft" }, nodes[other].countries.join(" "))),
        el("ul", { className: "links" }, ...some.map((link) => statement(link, node.id)))));
    }

    function statement(link, seen = null) {
      const [from, to] = [nodes[link.from], nodes[link.to]];
      const arrow = link.symmetric ? "↔" : seen === link.to ? "←" : "→";
      const sense = link.symmetric ? "mutual" : seen === null ? "directed" : seen === link.to ? "incoming" : "outgoing";
      const facts = link.facts.filter(([title]) => title !== "batch");
      return el("li", { className: `link ${world.pairs.get(link.pair).cross ? "cross" : ""}` },
        el("p", {},
          el("span", { className: "arrow", title: sense, "aria-hidden": "true" }, arrow),
          el("span", { className: "unseen" }, `${sense}: `),
          el("bdi", {}, from.label), " ", el("em", {}, Corridor.sentenceOf(words, link)), " ", el("bdi", {}, to.label)),
        el("p", { className: "small" },
          el("span", { className: "kind" }, link.kind || "LINK"), " ", Corridor.dates(link),
          link.derived ? " · derived, stated by no record as such" : "",
          ...facts.flatMap(([title, value]) => [" · ", `${title}: `, el("bdi", {}, spaced(value))])),
        el("dl", { className: "said small" },
          ...row("Records", ...ids(link.records)),
          ...row("Grading", ...link.grading),
          ...row("Handling", ...link.handling),
          ...row("Cases", ...link.cases.map(caseOf)),
          ...row("From", ...link.originators)));
    }

    function pair(found, shown) {
      const links = found.links.filter((link) => shown.has(link.id));
      return [
        el("div", { className: "who" }, el("h2", { tabIndex: -1, id: "detail-head" }, name(found.from), " – ", name(found.to))),
        el("p", { className: "soft small" }, found.cross ? "Across a border: no country in common" : "Inside a country, or one unknown"),
        el("h3", {}, count(links.length, "link shown", "links shown")),
        el("ul", { className: "links" }, ...links.map((link) => statement(link))),
      ];
    }

    function path(steps, from, to) {
      if (!steps) {
        return [el("h2", { tabIndex: -1, id: "detail-head" }, "No path"),
          el("p", {}, "No chain of shown links leads from ", name(from), " to ", name(to), ". No path runs through a protected person, and filters count.")];
      }
      const least = Math.min(...steps.map((step) => step.weight));
      return [
        el("h2", { tabIndex: -1, id: "detail-head" }, "Path ", name(from), " – ", name(to)),
        el("p", { className: "soft small" }, `${count(steps.length, "step", "steps")}, the fewest over shown links; of several, the one with more records. Weakest step: fewest records.`),
        el("ol", { className: "path" }, ...steps.map((step) => el("li", { className: step.weight === least ? "weakest" : "" },
          el("h4", {}, name(step.from), " – ", name(step.to), step.weight === least ? el("span", { className: "tag" }, "weakest") : ""),
          el("ul", { className: "links" }, ...step.links.map((link) => statement(link, step.from)))))),
      ];
    }

    return { start, entity, pair, path };
  }

  const percent = (share) => `${(100 * share).toFixed(1)} %`;

  return { page, percent };
})();
