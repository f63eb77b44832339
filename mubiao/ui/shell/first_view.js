// Pages of many fields are seen once all of them stand: each comes with a script of its own, and
// would push down what is below it.
(() => {
  "use strict";
  if (!/\/(record|owes|meeting|history)$/.test(location.pathname)) return;
  const root = document.documentElement, one = (css) => document.querySelector(css);
  root.classList.add("mb-first");
  const show = () => { root.classList.remove("mb-first"); watch.disconnect(); };
  const watch = new MutationObserver(() => {
    const isDone = one(".stApp")?.dataset.testScriptState === "notRunning";
    if (isDone && one(".stMain .stHtml") && !one("[data-testid=stSkeleton]")) show();
  });
  const filter = ["data-test-script-state"];
  watch.observe(document.body, {childList: true, subtree: true, attributeFilter: filter});
  setTimeout(show, 3000);
})();

// The document of a server that has just started names what draws texts and charts (document.py);
// it is begun once the server has been asked for the page.
(() => {
  "use strict";
  const drawing = [...document.querySelectorAll(".mb-drawing")];
  const watch = new MutationObserver(() => {
    if (document.querySelector(".stApp")?.dataset.testScriptState !== "running") return;
    watch.disconnect();
    drawing.forEach((link) => import(link.href));
  });
  const filter = ["data-test-script-state"];
  if (drawing.length) watch.observe(document.body, {childList: true, subtree: true, attributeFilter: filter});
})();
