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
