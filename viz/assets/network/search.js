"use strict";
// A search box with a list, after the ARIA combobox pattern: arrows move, Enter takes, Esc closes.

Corridor.combobox = ({ input, list, find, describe, take }) => {
  let options = [];
  let active = -1;

  function show(found) {
    options = found;
    active = found.length ? 0 : -1;
    list.replaceChildren(...found.map((entity, i) => option(entity, i)));
    if (!found.length && input.value.trim()) {
      list.append(Corridor.el("li", { className: "none", role: "presentation" }, "Nothing is called so."));
    }
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  }

  function option(entity, i) {
    const [name, about] = describe(entity);
    return Corridor.el(
      "li",
      { id: `${list.id}-${i}`, role: "option", onpointerdown: (event) => { event.preventDefault(); choose(i); } },
      Corridor.el("span", { dir: "auto" }, name),
      Corridor.el("small", {}, about),
    );
  }

  function mark() {
    [...list.querySelectorAll("[role=option]")].forEach((item, i) => {
      item.setAttribute("aria-selected", String(i === active));
      if (i === active) item.scrollIntoView({ block: "nearest" });
    });
    if (active >= 0) input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(i) {
    const entity = options[i];
    if (!entity) return;
    input.value = "";
    close();
    take(entity);
  }

  const KEYS = {
    ArrowDown: () => { if (list.hidden) show(find(input.value)); else active = (active + 1) % options.length; },
    ArrowUp: () => { active = (active - 1 + options.length) % options.length; },
    Home: () => { active = 0; },
    End: () => { active = options.length - 1; },
    Enter: () => choose(active),
    Escape: () => { if (list.hidden) input.value = ""; close(); },
  };
  input.addEventListener("input", () => show(find(input.value)));
  input.addEventListener("focus", () => { if (input.value.trim()) show(find(input.value)); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const known = KEYS[event.key];
    if (!known || ((event.key === "Home" || event.key === "End") && list.hidden)) return;
    event.preventDefault();
    event.stopPropagation();
    if (options.length || event.key === "Escape" || event.key === "ArrowDown") known();
    if (!list.hidden) mark();
  });
};
