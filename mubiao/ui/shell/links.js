// Links in place, and the way back to where a page was left. A link says only what it adds to the
// choices of the address: so a page that is drawn for another day has the same links.
const mubiao = (() => {
  "use strict";
  // Streamlit need not try whether it is served below each page (two requests that are not found).
  window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href};
  // It tells a page that frames it what it does. Where none does it hears itself, and takes half a
  // millisecond to find that nothing is meant for it.
  addEventListener("message", (event) => {
    if (event.source === window && event.data?.stCommVersion) event.stopImmediatePropagation();
  }, true);
  const CARRIED = {}; // what goes along to another page, and to which alone; the server puts it in
  const OWN = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"; // without saying
  const one = (css, within = document) => within.querySelector(css);
  const main = () => one(".stMain");
  // As the server reads them: of two choices of one name the last.
  const choices = () => new Map(new URLSearchParams(location.search));
  // What a hash names; somebody may have written one that means nothing.
  const named = (hash) => {
    try { return decodeURIComponent(hash.slice(1)); } catch { return hash.slice(1); }
  };

  // ---- Where each address was left, and what of the next page is to be in view ----
  const places = new Map();
  let wanted = null; // {top} or {id}, until it is reached, given up, or somebody scrolls
  const keep = () => main() && places.set(location.href, main().scrollTop);
  addEventListener("scroll", (event) => {
    if (event.target === main() && wanted === null) keep();
  }, {capture: true, passive: true});
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(kind, () => { wanted = null; }, {capture: true, passive: true});
  }
  const bring = (place) => {
    const until = performance.now() + 4000;
    wanted = place;
    const step = () => {
      if (wanted !== place || performance.now() > until) { if (wanted === place) wanted = null; return; }
      const area = main();
      if (area && place.id) {
        document.getElementById(place.id)?.scrollIntoView({block: "start"});
      } else if (area && area.scrollTop !== place.top && area.scrollHeight - area.clientHeight >= place.top) {
        area.scrollTop = place.top;
      }
      setTimeout(step, 50);
    };
    step();
  };
  addEventListener("popstate", (event) => {
    if (!event.isTrusted) return;
    const top = places.get(location.href) ?? 0;
    setTimeout(() => bring({top}));
  });
  if (location.hash) bring({id: named(location.hash)});

  // ---- The whole address of a link, a step at a time: Streamlit takes a popstate for its own ----
  const short = (link) => link.dataset.short ?? link.getAttribute("href");
  const goes = (name, value, page) => Object.hasOwn(CARRIED, name) && (CARRIED[name] ?? [page]).includes(page)
    && (name !== "lang" || value !== OWN);
  // "?" changes choices of this page, "page?" takes along what goes along; an empty choice goes.
  const whole = (href) => {
    const url = new URL(href, location.href), query = url.searchParams;
    const page = url.pathname.split("/").pop() || "overview";
    for (const [name, value] of choices()) {
      if (!query.has(name) && (href[0] === "?" || goes(name, value, page))) query.set(name, value);
    }
    for (const [name, value] of [...query]) if (!value) query.delete(name);
    return url;
  };
  const go = (url, inPlaceOf = false) => {
    const isHere = url.pathname === location.pathname;
    keep();
    wanted = null; // what was to come into view of the page before: looking for it lays it out
    if (inPlaceOf) history.replaceState({}, "", url);
    else if (url.href !== location.href) history.pushState({}, "", url);
    dispatchEvent(new PopStateEvent("popstate", {state: {}}));
    if (url.hash || !isHere) bring(url.hash ? {id: named(url.hash)} : {top: 0});
  };
  const ours = ({target}) => {
    const link = target.closest?.("a[href]");
    const isOurs = link?.origin === location.origin && !link.hasAttribute("download")
      && link.target !== "_blank" && /^[a-z]*([?#]|$)/.test(short(link))
      && link.closest(".stHtml, .mb-frame");
    return isOurs ? link : null;
  };
  // The browser opens, copies and shows a link whole: nothing does before one of these.
  for (const kind of ["pointerover", "pointerdown", "focusin", "keydown", "contextmenu"]) {
    addEventListener(kind, (event) => {
      const link = ours(event);
      if (!link) return;
      link.dataset.short = short(link);
      link.href = whole(short(link)).href;
    }, true);
  }
  addEventListener("click", (event) => {
    const link = ours(event);
    if (!link || event.defaultPrevented || event.button
      || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const url = whole(short(link));
    if (link.matches(".mb-skip")) main()?.focus();
    else if (link.dataset.text) copy(link.dataset.text, link);
    else if (link.matches(".mb-copy")) copy(url.href, link);
    // What opens or closes a chapter is no step on the way back.
    else go(url, link.hasAttribute("aria-expanded"));
  }, true);
  // Without https a browser has no clipboard for us, only its old command.
  const put = (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    return isDone;
  };
  const copy = async (text, link) => {
    const status = link.nextElementSibling;
    if (!await put(text)) { if (link.dataset.text) go(whole(short(link))); return; }
    status.textContent = status.dataset.copied;
    setTimeout(() => { status.textContent = ""; }, 2000);
  };
  return {choices, go, main, one, short, whole};
})();
