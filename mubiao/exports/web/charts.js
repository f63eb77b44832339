/* Draws the charts of a page: when they come into view, again when the scheme changes, and light
   and as wide as paper before printing. `mubiaoCharts` holds the settings that Python writes. */
(() => {
  "use strict";
  const { config, dark, paper } = window.mubiaoCharts;
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const boxes = [...document.querySelectorAll(".chart")];
  const tables = [...document.querySelectorAll(".mb-numbers")];
  const drawn = new Set();

  const recoloured = (part) => {
    if (typeof part === "string") return dark[part] ?? part;
    if (Array.isArray(part)) return part.map(recoloured);
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, recoloured(inner)]));
  };

  // A page that does not say its day marks the one that the site names, while that is in its year.
  const specOf = (box) => {
    const spec = JSON.parse(document.getElementById(`${box.id}-spec`).textContent);
    const between = spec.layout.meta?.between, day = window.mubiaoDay?.day;
    if (between && between[0] < day && day < between[1]) {
      const { shapes, annotations } = window.mubiaoDay.in[document.documentElement.lang].marks;
      spec.layout.shapes.push(...shapes);
      spec.layout.annotations.push(...annotations);
    }
    return spec;
  };

  const draw = (box, onPaper = false) => {
    const spec = specOf(box);
    const { data, layout } = !onPaper && prefersDark.matches ? recoloured(spec) : spec;
    if (onPaper) layout.width = paper;
    const drawing = Plotly.newPlot(box, data, layout, { ...config, responsive: !onPaper });
    drawn.add(box);
    if (!onPaper) drawing.then(fold);
  };

  // Charts stand for their tables, which open on a click and on paper: once one has been drawn.
  let folded = false;
  const fold = () => {
    if (folded) return;
    folded = true;
    for (const table of tables) table.open = false;
  };

  const shown = (box) => box.offsetParent !== null;
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      draw(target);
    }
  }, { rootMargin: "400px" });
  if (window.Plotly) for (const box of boxes) seen.observe(box);
  else for (const box of boxes) box.style.display = "none";
  prefersDark.addEventListener("change", () => drawn.forEach((box) => draw(box)));

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = tables.filter((table) => !table.open);
    for (const table of opened) table.open = true;
    for (const box of boxes.filter(shown)) draw(box, true);
  });
  addEventListener("afterprint", () => {
    for (const table of opened) table.open = false;
    for (const box of boxes.filter(shown)) draw(box);
  });
})();
