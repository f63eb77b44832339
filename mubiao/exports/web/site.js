/* Search without a server: the index is a script that is loaded when somebody begins to search,
   as a page opened from a file may not fetch. */
document.documentElement.classList.add("js");
addEventListener("DOMContentLoaded", () => {
  "use strict";
  // The day stands in a file of its own, so that the next one leaves most pages as they are.
  const day = window.mubiaoDay?.in[document.documentElement.lang];
  const foot = document.querySelector(".as-of");
  if (day && foot) foot.textContent = day.foot;

  const form = document.querySelector(".search");
  const field = form.querySelector("input");
  const told = form.querySelector("[role=status]");
  const list = form.querySelector(".results");
  const most = 20;
  const plain = (words) => words.normalize("NFKC").toLowerCase();
  let asked = false;

  const load = () => {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = form.dataset.index;
    script.addEventListener("load", show);
    script.addEventListener("error", () => {
      told.textContent = form.dataset.failed;
      script.remove();
      asked = false;
    });
    document.head.append(script);
  };

  const element = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  const item = ([id, name, status, section]) => {
    const link = element("a", name);
    link.href = `${form.dataset.home}targets/${id}.html`;
    link.append(element("small", `${status} · ${section}`));
    const line = document.createElement("li");
    line.append(link);
    return line;
  };

  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const index = window.mubiaoTargets;
    if (!index || !words.length) {
      list.replaceChildren();
      told.textContent = "";
      return;
    }
    const found = index.filter((target) => words.every((word) => target[4].includes(word)));
    list.replaceChildren(...found.slice(0, most).map(item));
    told.textContent = found.length ? form.dataset.found.replace("{n}", found.length) : form.dataset.none;
  };

  const move = (step) => {
    const stops = [field, ...list.querySelectorAll("a")];
    const place = stops.indexOf(document.activeElement) + step;
    stops[Math.max(0, Math.min(place, stops.length - 1))].focus();
  };

  field.addEventListener("focus", load);
  field.addEventListener("input", () => { load(); show(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  form.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) move(step);
    else if (event.key === "Escape") { field.value = ""; show(); field.focus(); }
    else return;
    event.preventDefault();
  });
});
