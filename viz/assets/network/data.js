"use strict";
// What the page knows: unpacked, indexed, and put into words. Nothing here touches the chart.
// Every text of the data reaches the page as a text node; no markup is ever made from it.

const Corridor = {};

Corridor.read = async (id) => {
  const packed = JSON.parse(document.getElementById(id).textContent);
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
};

// Lists that a node or link leaves out are empty: Python leaves out what is not recorded.
Corridor.index = (data) => {
  const { nodes, edges, words } = data;
  const byKey = new Map();
  const pairs = new Map();
  for (const node of nodes) {
    for (const name of ["names", "countries", "records", "roles", "stages", "cases", "handling",
      "grading", "originators", "facts"]) node[name] ??= [];
    node.kind ??= "";
    node.links = [];
    byKey.set(node.key, node);
  }
  for (const link of edges) {
    for (const name of ["records", "cases", "handling", "grading", "originators", "facts"]) link[name] ??= [];
    link.kind ??= "";
    link.symmetric = !words.directed || Boolean(words.links[link.kind]?.symmetric);
    nodes[link.from].links.push(link);
    if (link.to !== link.from) nodes[link.to].links.push(link);
    const [low, high] = link.from < link.to ? [link.from, link.to] : [link.to, link.from];
    const name = `${low}-${high}`;
    if (!pairs.has(name)) pairs.set(name, { id: name, from: low, to: high, links: [] });
    link.pair = name;
    pairs.get(name).links.push(link);
  }
  for (const pair of pairs.values()) pair.cross = crosses(nodes[pair.from], nodes[pair.to]);
  for (const node of nodes) node.haystack = haystack(node);
  return { ...data, byKey, pairs };

  function crosses(one, other) {
    if (!one.countries.length || !other.countries.length) return false;
    return !one.countries.some((code) => other.countries.includes(code));
  }
  function haystack(node) {
    const cases = node.cases.map((key) => byKey.get(key)?.label ?? "");
    const facts = node.facts.map(([, value]) => value);
    const stated = node.links.flatMap((link) => link.records);
    return Corridor.fold([node.label, ...node.names, node.key, ...node.records, ...cases, ...facts, ...stated].join("\n"));
  }
};

const LETTERS = { "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th" };
Corridor.fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}+/gu, "")
  .replace(/[đðøłıßæœþ]/g, (letter) => LETTERS[letter]);

// The best matches first: a name that begins so, then a word that does, then anywhere.
Corridor.search = (nodes, text, most = 12) => {
  const wanted = Corridor.fold(text.trim());
  if (!wanted) return [];
  const digits = /^[\d\s+()./-]{4,}$/.test(wanted) ? wanted.replace(/\D/g, "") : "";
  const found = [];
  for (const node of nodes) {
    const at = node.haystack.indexOf(wanted);
    const hit = at >= 0 || (digits && node.haystack.replace(/[\s()./+-]/g, "").includes(digits));
    if (!hit) continue;
    const word = at > 0 && /[\s\n:]/.test(node.haystack[at - 1]);
    found.push([at === 0 ? 0 : word ? 1 : 2, -node.size, node]);
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2].id - b[2].id);
  return found.slice(0, most).map((each) => each[2]);
};

// A date's form is its precision: 2025-11 is any day of November. Texts in this form compare.
Corridor.interval = (since, until) => {
  const start = since ?? until;
  const end = until ?? since;
  if (!start) return null;
  return [(start + "-01-01").slice(0, 10), end.length === 4 ? end + "-12-31" : (end + "-31").slice(0, 10)];
};

Corridor.overlaps = (link, from, to, undated) => {
  const period = Corridor.interval(link.since, link.until);
  if (!period) return undated;
  return (!to || period[0] <= to) && (!from || period[1] >= from);
};

// Codes are compared inside one scheme only; null = the scheme gives this code no rank.
Corridor.ranks = (schemes, grading) => {
  const [scheme, codes = ""] = grading.split(":");
  if (!schemes[scheme] || codes.length !== 2) return null;
  const [source, information] = [schemes[scheme][0].indexOf(codes[0]), schemes[scheme][1].indexOf(codes[1])];
  return source < 0 || information < 0 ? null : { scheme, source, information };
};

Corridor.sentenceOf = (words, link) => words.links[link.kind]?.sentence ?? link.kind;

Corridor.dates = (link) => {
  if (!link.since && !link.until) return "no date recorded";
  if (link.since === link.until || !link.until) return link.since;
  return link.since ? `${link.since} to ${link.until}` : `until ${link.until}`;
};

Corridor.count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

// An element with text, never with markup: strings among the children become text nodes.
Corridor.el = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};
