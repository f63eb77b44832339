// The frame around all pages, loaded once with the document: the bar on top, search, the day.
// Everything that it says comes from the server as HTML or JSON, and JSON is set as text.
(() => {
  "use strict";
  const {choices, go, main, one, short, whole} = mubiao;
  const bar = one(".mb-frame");
  const isTyping = () => document.activeElement?.closest("input, textarea, select, canvas, [contenteditable]");

  // ---- How wide the window is, for the server: Record has cards in a narrow one ----
  document.cookie = `mubiao_narrow=${+matchMedia("(max-width: 640px)").matches}; Path=/; SameSite=Lax`;

  // ---- The bar: parts that changed come anew from the page, which carries them ----
  const parts = new Map();
  // Streamlit follows no address before it knows its pages, and puts that of the first run back: a
  // step that came earlier is taken after it (`adopt`).
  let early = "";
  addEventListener("popstate", () => {
    early = parts.size ? "" : location.href;
    fold();
  });
  const adopt = (carrier) => {
    const focused = document.activeElement?.id;
    document.documentElement.lang = carrier.lang;
    bar.hidden = false;
    const fresh = [...carrier.children];
    fresh.forEach((part, at) => {
      const old = bar.children[at];
      if (old && parts.get(at) === part.outerHTML) { part.remove(); return; }
      parts.set(at, part.outerHTML);
      if (old) old.replaceWith(part); else bar.append(part);
    });
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
    if (early) go(new URL(early), true);
  };
  let name = "", scheme = "", isAsked = false;
  const look = () => {
    isAsked = false;
    const carrier = one(".stHtml .mb-carrier"), stage = one(".st-key-stage");
    if (carrier?.children.length) adopt(carrier);
    if (stage || carrier) bar.hidden = Boolean(stage);
    stay();
    date();
    stand();
    const app = one(".stApp");
    // Its computed style is worked out anew for the whole page: only when another theme came.
    if (app && app.className !== scheme) {
      scheme = app.className;
      bar.style.colorScheme = getComputedStyle(app).colorScheme;
    }
    // No stop of its own for Tab, and no ring around the page: keys scroll it all the same (below).
    if (main()?.tabIndex === 0) main().tabIndex = -1;
    for (const sign of document.querySelectorAll(".mb-bring:not([data-done])")) {
      sign.dataset.done = "";
      setTimeout(() => one(`.st-key-${sign.dataset.key}`)?.scrollIntoView({block: "nearest"}), 200);
    }
    const cookie = one(".mb-own-name")?.dataset.cookie;
    if (cookie && cookie !== name) document.cookie = `${name = cookie}; SameSite=Lax`;
  };
  // Once before each frame, however many changes a run makes.
  new MutationObserver(() => {
    if (!isAsked) requestAnimationFrame(look);
    isAsked = true;
  }).observe(document.body, {childList: true, subtree: true});

  // A run that takes its time shows in the bar. Not by :has(), for which each run had the styles of
  // the whole page worked out anew.
  new MutationObserver(([{target}]) => {
    bar.toggleAttribute("data-busy", target.dataset.testScriptState === "running");
  }).observe(document.body, {subtree: true, attributes: true, attributeFilter: ["data-test-script-state"]});

  // ---- The menu of a narrow window ----
  const fold = () => {
    delete bar.dataset.open;
    one(".mb-menu", bar)?.setAttribute("aria-expanded", "false");
    bar.querySelectorAll("details[open]").forEach((open) => open.removeAttribute("open"));
  };
  addEventListener("click", (event) => {
    if (event.target.closest?.(".mb-menu")) {
      const isOpen = bar.toggleAttribute("data-open");
      event.target.setAttribute("aria-expanded", String(isOpen));
    } else if (!bar.contains(event.target)) fold();
  });

  // ---- The day, which the bar takes from the address, so that a step sends it nothing ----
  const iso = (...day) => new Date(Date.UTC(...day)).toISOString().slice(0, 10);
  let asOf = "", today = "";
  const date = () => {
    const field = one("#mb-as-of", bar), asked = choices().get("as_of");
    const links = [...bar.querySelectorAll("#mb-‹, #mb-›, .mb-copy")];
    if (!field || links.every((link) => link.dataset.of === `${asked}`)) return;
    field.defaultValue = field.value = asked ?? "";
    ({today} = field.dataset);
    if (!field.value || !field.validity.valid) field.defaultValue = field.value = today;
    asOf = field.value;
    const [year, month, day] = asOf.split("-").map(Number);
    const within = (day) => day < field.min ? field.min : day > field.max ? field.max : day;
    const next = new Date(Date.UTC(year, month - 1, day + 1));
    const days = [iso(year, month - 1, 0), iso(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)];
    links.forEach((link, at) => {
      const query = new URLSearchParams(short(link));
      query.set("as_of", within(days[at] ?? asOf));
      link.href = link.dataset.short = `?${query}`;
      link.dataset.of = asked;
    });
    field.previousElementSibling.textContent = asOf;
    one("#mb-today", bar).hidden = asOf === today;
  };
  // Picked at once, typed with Enter or on leaving.
  let typed = false;
  bar.addEventListener("click", (event) => {
    if (event.target.id === "mb-as-of" && !event.target.matches(":focus-visible:not(:hover)")) event.target.showPicker?.();
  });
  const day = (field) => {
    typed = false;
    if (field.value !== field.defaultValue && field.checkValidity()) go(whole(`?as_of=${field.value}&meeting=`));
  };
  bar.addEventListener("change", (event) => {
    if (event.target.id === "mb-as-of" && !typed) day(event.target);
  });
  bar.addEventListener("focusout", (event) => {
    if (event.target.id === "mb-as-of" && typed) day(event.target);
  });

  // ---- The rail of months: a step by an arrow key; its replay goes from month to month ----
  let replay = 0, place = "";
  const stops = () => [...document.querySelectorAll(".mb-rail > a")];
  // The first stop that is not before the day; after all of them the last, unless months are to come.
  const stand = () => {
    const rail = one(".mb-rail"), all = stops();
    if (!rail || !asOf || rail.dataset.of === asOf) return;
    rail.dataset.of = asOf;
    const after = (stop) => (new URLSearchParams(short(stop)).get("as_of") || today) >= asOf;
    const current = all.find(after) ?? (one(":scope > span", rail) ? null : all.at(-1));
    for (const stop of all) stop.ariaCurrent = stop === current ? "date" : null;
  };
  const step = (by, inPlaceOf) => {
    const all = stops(), at = all.findIndex((stop) => stop.ariaCurrent);
    const next = at < 0 ? null : all[at + by];
    if (next && document.activeElement?.closest(".mb-rail")) next.focus({preventScroll: true});
    if (next) go(whole(short(next)), inPlaceOf);
    return Boolean(next && all[at + 2 * by]);
  };
  const isIdle = () => one(".stApp")?.dataset.testScriptState === "notRunning";
  addEventListener("click", (event) => {
    clearInterval(replay);
    if (!event.target.closest?.(".mb-replay") || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    replay = setInterval(() => {
      if (!one(".mb-rail") || (isIdle() && !step(1, true))) clearInterval(replay);
    }, 1000);
  });
  addEventListener("keydown", (event) => {
    clearInterval(replay);
    const by = {ArrowLeft: -1, ArrowRight: 1}[event.key], on = document.activeElement;
    if (!by || event.ctrlKey || event.metaKey || event.altKey || !one(".mb-rail")) return;
    if (on !== document.body && !on?.closest(".mb-rail")) return;
    event.preventDefault();
    step(by);
  });
  // A chapter's line that has the focus keeps it where a run draws it anew.
  const stay = () => {
    if (place && document.activeElement === document.body) one(place)?.focus({preventScroll: true});
  };
  const placeOf = (link) => link.id?.startsWith("mb-fold") ? `#${CSS.escape(link.id)}` : "";
  addEventListener("pointerdown", () => { place = ""; });
  addEventListener("focusin", (event) => { place = placeOf(event.target); });

  // ---- Search ----
  let asked = 0, timer = 0;
  const field = () => one("#mb-q", bar), list = () => one("#mb-results", bar);
  const options = () => [...list().children];
  const show = (rows) => {
    list().replaceChildren(...rows.map((row, at) => {
      const option = document.createElement("li"), link = document.createElement("a");
      const note = document.createElement("small");
      option.id = `mb-result-${at}`;
      option.role = "option";
      link.href = row.href;
      link.tabIndex = -1;
      link.textContent = row.text;
      note.textContent = row.note;
      link.append(note);
      option.append(link);
      return option;
    }));
    const none = one(".mb-find p", bar);
    none.textContent = rows.length || !field().value.trim() ? "" : none.dataset.none;
    list().hidden = !rows.length;
    field().setAttribute("aria-expanded", String(Boolean(rows.length)));
    mark(rows.length ? 0 : -1);
  };
  const mark = (at) => {
    options().forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    if (options()[at]) {
      field().setAttribute("aria-activedescendant", options()[at].id);
      options()[at].scrollIntoView({block: "nearest"});
    } else field().removeAttribute("aria-activedescendant");
  };
  const close = () => { asked += 1; clearTimeout(timer); show([]); one(".mb-find p", bar).textContent = ""; };
  const ask = async () => {
    const turn = asked += 1, text = field().value.trim();
    if (!text) { close(); return; }
    const query = new URLSearchParams(location.search);
    query.set("q", text);
    query.set("code", document.documentElement.lang.slice(0, 2));
    const answer = await fetch(`find?${query}`).catch(() => null);
    const rows = answer?.ok ? await answer.json() : [];
    if (turn === asked) show(rows);
  };
  bar.addEventListener("input", (event) => {
    if (event.target !== field()) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 100);
  });
  bar.addEventListener("focusout", (event) => {
    if (event.target === field() && !list().contains(event.relatedTarget)) setTimeout(close, 150);
  });
  const choose = async () => {
    clearTimeout(timer);
    if (!options().length) await ask();
    const link = one("[aria-selected=true] a", list());
    if (!link) return;
    field().value = "";
    field().blur();
    go(whole(short(link)));
  };
  bar.addEventListener("keydown", (event) => {
    if (event.target.id === "mb-as-of") {
      typed = true;
      if (event.key === "Enter") day(event.target);
    }
    if (event.target !== field() || event.isComposing) return;
    const at = options().findIndex((option) => option.getAttribute("aria-selected") === "true");
    const number = options().length;
    if (event.key === "Enter") choose();
    else if (event.key === "Escape") { field().value = ""; close(); field().blur(); }
    else if (event.key === "ArrowDown" && number) mark((at + 1) % number);
    else if (event.key === "ArrowUp" && number) mark((at - 1 + number) % number);
    else return;
    event.preventDefault();
  });
  const PAGES = {PageDown: 0.9, PageUp: -0.9, ArrowDown: 0.06, ArrowUp: -0.06, Home: -Infinity, End: Infinity};
  addEventListener("keydown", (event) => {
    const on = document.activeElement;
    if (event.key in PAGES && (on === document.body || on?.matches(".mb-frame a")) && !event.defaultPrevented) {
      main()?.scrollBy({top: Math.max(-1e6, Math.min(1e6, PAGES[event.key] * main().clientHeight))});
    }
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || bar.hidden || isTyping()) return;
    event.preventDefault();
    field()?.focus();
    field()?.select();
  });
})();
