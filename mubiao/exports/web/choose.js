/* The page that asks for a language answers by itself; index.html#choose asks nevertheless. */
if (!location.hash) {
  const wanted = navigator.languages.map((one) => one.slice(0, 2)).find((one) => one === "zh" || one === "en") ?? "en";
  addEventListener("DOMContentLoaded", () => {
    const link = document.querySelector(`a[data-code="${wanted}"]`);
    if (link) location.replace(link.href);
  });
}
