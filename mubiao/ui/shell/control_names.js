// Streamlit's own controls have English names alone. They are written anew in the page's language:
// whole texts and attributes that are such a name, anywhere but in what the product itself writes.
(() => {
  "use strict";
  const NAMES = {}; // by language, in one order; the server fills it in
  const ATTRIBUTES = ["aria-label", "aria-valuetext", "placeholder", "title"];
  const OURS = ".stHtml, .mb-frame, .js-plotly-plot, script, style, textarea";
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const PLACE = /\{\w+\}/g;
  // A name of another language with the places where texts are put in, and its own in this one.
  const rules = (code) => Object.entries(NAMES).filter(([other]) => other !== code)
    .flatMap(([, names]) => names.map((name, at) => [
      new RegExp(`^${name.split(PLACE).map(escaped).join("(.+?)")}$`, "s"),
      NAMES[code][at],
      name.match(PLACE) ?? [],
    ]));
  let code = "", current = [];
  const named = (text) => {
    if (!text || text.length > 200) return text;
    for (const [pattern, name, places] of current) {
      const match = pattern.exec(text);
      if (match) return name.replace(PLACE, (place) => match[places.indexOf(place) + 1] ?? "");
    }
    return text;
  };
  const nameText = (node) => {
    const text = node.nodeValue.trim(), name = named(text);
    if (name !== text && !node.parentElement?.closest(OURS)) node.nodeValue = name;
  };
  const nameAttributes = (element) => {
    for (const attribute of ATTRIBUTES) {
      const text = element.getAttribute(attribute), name = named(text);
      if (name !== text && !element.closest(OURS)) element.setAttribute(attribute, name);
    }
  };
  const nameAll = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { nameText(node); return; }
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest(OURS)) return;
    nameAttributes(node);
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (part) =>
      part.nodeType === Node.ELEMENT_NODE && part.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    while (walker.nextNode()) {
      const part = walker.currentNode;
      if (part.nodeType === Node.TEXT_NODE) nameText(part);
      else nameAttributes(part);
    }
  };
  const nameNew = (records) => {
    const page = document.documentElement.lang.slice(0, 2);
    if (page !== code && NAMES[page]) {
      [code, current] = [page, rules(page)];
      nameAll(document.body);
      return;
    }
    for (const {type, target, addedNodes} of records) {
      if (type === "childList") addedNodes.forEach(nameAll);
      else if (type === "characterData") nameText(target);
      else nameAttributes(target);
    }
  };
  nameNew([]);
  new MutationObserver(nameNew).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: [...ATTRIBUTES, "lang"],
  });
})();
