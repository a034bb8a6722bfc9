"use strict";
// How things look on the canvas: one drawing for the chart, the legend and the exported picture.

Corridor.draw = (() => {
  const FONT = getComputedStyle(document.body).fontFamily;
  const CELL = 14;
  const MOST_LABELS = 320;
  const BOLD = 25;

  function colours(themes) {
    const chosen = document.documentElement.dataset.theme;
    const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    return themes[dark ? "dark" : "light"];
  }

  function polygon(ctx, x, y, r, corners, turn) {
    for (let i = 0; i < corners; i += 1) {
      const angle = turn + (2 * Math.PI * i) / corners;
      ctx[i ? "lineTo" : "moveTo"](x + r * Math.cos(angle), y + r * Math.sin(angle));
    }
    ctx.closePath();
  }

  const SHAPES = {
    disc: (ctx, x, y, r) => ctx.arc(x, y, r, 0, 2 * Math.PI),
    square: (ctx, x, y, r) => ctx.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r),
    diamond: (ctx, x, y, r) => polygon(ctx, x, y, 1.15 * r, 4, 0),
    hexagon: (ctx, x, y, r) => polygon(ctx, x, y, 1.08 * r, 6, 0),
    up: (ctx, x, y, r) => polygon(ctx, x, y + 0.15 * r, 1.2 * r, 3, -Math.PI / 2),
    bar: (ctx, x, y, r) => ctx.rect(x - 1.2 * r, y - 0.5 * r, 2.4 * r, r),
    drop: (ctx, x, y, r) => {
      ctx.arc(x, y - 0.25 * r, 0.8 * r, 0.85 * Math.PI, 0.15 * Math.PI);
      ctx.lineTo(x, y + 1.15 * r);
      ctx.closePath();
    },
    star: (ctx, x, y, r) => {
      for (let i = 0; i < 10; i += 1) {
        const angle = -Math.PI / 2 + (Math.PI * i) / 5;
        const reach = i % 2 ? 0.55 * r : 1.2 * r;
        ctx[i ? "lineTo" : "moveTo"](x + reach * Math.cos(angle), y + reach * Math.sin(angle));
      }
      ctx.closePath();
    },
    folder: (ctx, x, y, r) => {
      const [w, h] = [1.05 * r, 0.85 * r];
      ctx.moveTo(x - w, y + h);
      ctx.lineTo(x - w, y - h);
      ctx.lineTo(x - 0.15 * r, y - h);
      ctx.lineTo(x + 0.1 * r, y - 0.5 * r);
      ctx.lineTo(x + w, y - 0.5 * r);
      ctx.lineTo(x + w, y + h);
      ctx.closePath();
    },
  };

  // Persons: filled where a record calls them facilitator, ringed where none does, dashed where
  // they are protected. The rest is filled in the colour of its kind.
  function node(ctx, kind, entity, x, y, r, look) {
    const colour = look[kind?.colour ?? "cooperation"];
    const person = entity.kind === "Person";
    ctx.beginPath();
    (SHAPES[kind?.shape] ?? SHAPES.disc)(ctx, x, y, r);
    ctx.lineWidth = Math.max(1.5, 0.16 * r);
    if (person && !entity.facilitator) {
      ctx.fillStyle = look.panel;
      ctx.strokeStyle = colour;
      if (entity.shielded) ctx.setLineDash([2.6, 2.2]);
    } else {
      ctx.fillStyle = colour;
      ctx.strokeStyle = look.panel;
    }
    ctx.fill();
    ctx.stroke();
    ctx.setLineDash([]);
    if (person && !entity.facilitator && !entity.shielded) {
      ctx.beginPath();
      ctx.arc(x, y, 0.5 * r, 0, 2 * Math.PI);
      ctx.fillStyle = colour;
      ctx.fill();
    }
    if (entity.status && !entity.shielded) badge(ctx, x, y, r, look);
  }

  // A last recorded status, such as arrested: a ring and a barred square at the upper right.
  function badge(ctx, x, y, r, look) {
    const side = Math.max(4.5, 0.42 * r);
    ctx.beginPath();
    ctx.arc(x, y, r + 3.2, 0, 2 * Math.PI);
    ctx.lineWidth = 1.6;
    ctx.strokeStyle = look.ink;
    ctx.stroke();
    const [cx, cy] = [x + 0.75 * (r + 3), y - 0.75 * (r + 3)];
    ctx.fillStyle = look.ink;
    ctx.fillRect(cx - side, cy - side, 2 * side, 2 * side);
    ctx.fillStyle = look.panel;
    for (const step of [-0.5, 0, 0.5]) ctx.fillRect(cx + step * side - 0.11 * side, cy - 0.7 * side, 0.22 * side, 1.4 * side);
  }

  // One line between two entities, in screen pixels, with a head at each end a link points to.
  function line(ctx, a, b, pair, look, width) {
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length < a.r + b.r) return;
    const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
    const start = { x: a.x + ux * (a.r + 2), y: a.y + uy * (a.r + 2) };
    const end = { x: b.x - ux * (b.r + 2), y: b.y - uy * (b.r + 2) };
    ctx.strokeStyle = ctx.fillStyle = pair.cross ? look.cross : look.soft;
    ctx.lineWidth = width;
    ctx.setLineDash(pair.derived ? [5, 4] : []);
    ctx.beginPath();
    ctx.moveTo(start.x, start.y);
    ctx.lineTo(end.x, end.y);
    ctx.stroke();
    ctx.setLineDash([]);
    if (pair.forward) head(ctx, end, ux, uy, width);
    if (pair.backward) head(ctx, start, -ux, -uy, width);
  }

  function head(ctx, tip, ux, uy, width) {
    const size = 5 + 1.6 * width;
    ctx.beginPath();
    ctx.moveTo(tip.x, tip.y);
    ctx.lineTo(tip.x - size * ux + 0.5 * size * uy, tip.y - size * uy - 0.5 * size * ux);
    ctx.lineTo(tip.x - size * ux - 0.5 * size * uy, tip.y - size * uy + 0.5 * size * ux);
    ctx.closePath();
    ctx.fill();
  }

  // Which cells of the screen are taken; a label is drawn only where all its cells are free.
  class Taken {
    constructor(width, height) {
      this.width = width;
      this.height = height;
      this.columns = Math.ceil(width / CELL);
      this.rows = Math.ceil(height / CELL);
      this.cells = new Uint8Array(this.columns * this.rows);
    }
    each(box, visit) {
      const right = Math.min(this.columns - 1, Math.floor(box.right / CELL));
      const bottom = Math.min(this.rows - 1, Math.floor(box.bottom / CELL));
      for (let y = Math.max(0, Math.floor(box.top / CELL)); y <= bottom; y += 1) {
        for (let x = Math.max(0, Math.floor(box.left / CELL)); x <= right; x += 1) {
          if (visit(y * this.columns + x) === false) return false;
        }
      }
      return true;
    }
    take(box, how = 2) { this.each(box, (cell) => { this.cells[cell] = Math.max(how, this.cells[cell]); }); }
    // A label that matters may lie over small marks (1), never over a large mark or a label (2).
    free(box, least = 1) {
      const inside = box.left >= 2 && box.top >= 0 && box.right < this.width - 2 && box.bottom < this.height;
      return inside && this.each(box, (cell) => this.cells[cell] < least);
    }
  }

  const widths = new Map();
  function widthOf(ctx, text, font) {
    const name = font + text;
    if (!widths.has(name)) widths.set(name, ctx.measureText(text).width);
    return widths.get(name);
  }

  const short = (text) => (text.length > 32 ? text.slice(0, 31) + "…" : text);

  // Highest in order first, at one of four places; what finds no room has no label at this zoom.
  function labels(ctx, spots, order, look, size) {
    const taken = new Taken(size.width, size.height);
    const drawn = [];
    const strong = new Set(order.filter((each) => each.bold).map((each) => each.entity.id));
    for (const [id, spot] of spots) {
      if (spot.r < 3) continue;
      const r = 0.7 * spot.r;
      taken.take({ left: spot.x - r, top: spot.y - r, right: spot.x + r, bottom: spot.y + r }, strong.has(id) ? 2 : 1);
    }
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const { entity, bold, text } of order) {
      if (drawn.length >= MOST_LABELS) break;
      const spot = spots.get(entity.id);
      if (!spot || spot.x < 0 || spot.y < 0 || spot.x > size.width || spot.y > size.height) continue;
      const font = `${bold ? 650 : 400} ${bold ? 13 : 12}px ${FONT}`;
      ctx.font = font;
      const words = short(text);
      const box = place(taken, spot, widthOf(ctx, words, font), bold ? 8 : 7.5, bold);
      if (!box) continue;
      taken.take(box);
      drawn.push({ ...box, id: entity.id });
      inked(ctx, words, box, look);
    }
    return { drawn, taken };
  }

  function place(taken, spot, width, half, bold) {
    const gap = spot.r + 5;
    const slant = 0.7 * spot.r + 4;
    const places = [
      [spot.x + gap, spot.y - half], [spot.x - gap - width, spot.y - half],
      [spot.x - width / 2, spot.y + gap], [spot.x - width / 2, spot.y - gap - 2 * half],
      [spot.x + slant, spot.y + slant], [spot.x - slant - width, spot.y + slant],
      [spot.x + slant, spot.y - slant - 2 * half], [spot.x - slant - width, spot.y - slant - 2 * half],
    ];
    const boxes = places.map(([left, top]) => ({ left, top, right: left + width, bottom: top + 2 * half }));
    return boxes.find((box) => taken.free(box)) ?? (bold && boxes.find((box) => taken.free(box, 2))) ?? null;
  }

  function inked(ctx, words, box, look, colour = look.ink) {
    ctx.textAlign = "left";
    ctx.strokeStyle = look.panel;
    ctx.lineWidth = 3.5;
    ctx.strokeText(words, box.left, (box.top + box.bottom) / 2);
    ctx.fillStyle = colour;
    ctx.fillText(words, box.left, (box.top + box.bottom) / 2);
  }

  // Which country, inside the mark: no legend needed, and no colour.
  function code(ctx, entity, spot, look) {
    if (spot.r < 8.5 || !entity.countries.length || entity.shielded) return;
    const [first, ...more] = entity.countries;
    const text = more.length ? `${first}+${more.length}` : first;
    const size = Math.min(13, (more.length ? 0.72 : 0.95) * spot.r);
    if (size < 7.5) return;
    ctx.font = `700 ${size}px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    const filled = entity.kind !== "Person" || entity.facilitator;
    if (!filled) return;
    ctx.fillStyle = look.panel;
    ctx.fillText(text, spot.x, spot.y + 0.5);
  }

  // A small drawing for the legend and the head of the details.
  function glyph(kind, entity, look, side = 20) {
    const canvas = Corridor.el("canvas", { width: 2 * side, height: 2 * side, className: "glyph", "aria-hidden": "true" });
    const ctx = canvas.getContext("2d");
    ctx.scale(2, 2);
    node(ctx, kind, entity, side / 2, side / 2, 0.33 * side, look);
    return canvas;
  }

  function stroke(look, { cross = false, derived = false }) {
    const canvas = Corridor.el("canvas", { width: 56, height: 40, className: "glyph wide", "aria-hidden": "true" });
    const ctx = canvas.getContext("2d");
    ctx.scale(2, 2);
    const pair = { cross, derived, forward: true };
    line(ctx, { x: 0, y: 10, r: 0 }, { x: 28, y: 10, r: 0 }, pair, look, 2);
    return canvas;
  }

  return { colours, node, line, labels, code, glyph, stroke, inked, widthOf, FONT, BOLD };
})();
