// Review: the mark of what is decided comes into view, and keys lead to the fields and out again.
// The letters of the buttons are Streamlit's own shortcuts.
(() => {
  "use strict";
  const PANEL = ".st-key-review-panel";
  const one = (css, within = document) => within.querySelector(css);
  let shown = "";
  const show = () => {
    const item = one(".mb-review-item")?.dataset.item;
    if (item === undefined) { shown = ""; return; }
    const area = one(".st-key-review-text");
    if (!area) return; // the panel is drawn before the text
    const marks = [...area.querySelectorAll(".mb-mark[data-item]")];
    for (const mark of marks) {
      if (mark.dataset.item === item) mark.ariaCurrent = "true";
      else if (mark.ariaCurrent) mark.removeAttribute("aria-current");
    }
    const first = marks.find((mark) => mark.dataset.item === item);
    if (!first || shown === item) return;
    shown = item;
    bring(first, area, performance.now() + 1000);
  };
  // Until all that stands above it is there too.
  const bring = (mark, area, until) => {
    const by = mark.getBoundingClientRect().top - area.getBoundingClientRect().top;
    if (by < 40 || by > area.clientHeight - 80) area.scrollTop += by - area.clientHeight / 3;
    if (mark.isConnected && performance.now() < until) setTimeout(bring, 100, mark, area, until);
  };
  new MutationObserver(show).observe(document.body, {childList: true, subtree: true});
  const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
  addEventListener("keydown", (event) => {
    const panel = one(PANEL), on = document.activeElement;
    if (!panel || !isPlain(event)) return;
    const field = on?.closest(`${PANEL} :is(input, textarea)`);
    if (field && event.key === "Escape") field.blur();
    // Only once Streamlit has taken what was typed.
    else if (field?.matches("input[type=text]:not([role])") && event.key === "Enter") setTimeout(() => field.blur());
    else if (event.key === "e" && !on?.closest("input, textarea, select, [contenteditable]")) {
      const first = one("input, textarea", panel);
      if (!first) return;
      event.preventDefault();
      first.focus();
      first.select();
    }
  });
})();
