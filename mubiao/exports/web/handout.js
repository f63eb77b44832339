/* The language that the address names (#en, #zh) is the one that shows. */
for (const choice of document.querySelectorAll(".shows")) {
  if (location.hash.startsWith(choice.id.replace("show-", "#"))) choice.checked = true;
  const said = () => { if (choice.checked) document.documentElement.lang = choice.lang; };
  choice.addEventListener("change", said);
  said();
}
