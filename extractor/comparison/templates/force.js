const form = document.querySelector(".filters"), rows = [...document.querySelectorAll(".lanes > li")];
for (const select of form.querySelectorAll("select")) {
  const named = rows.flatMap((row) => (row.dataset[select.name] || "").split("|"));
  for (const name of [...new Set(named)].filter(Boolean).sort()) select.add(new Option(name, name));
}
form.addEventListener("change", () => {
  const wanted = [...form.querySelectorAll("select")].filter((select) => select.value);
  for (const row of rows) row.hidden = !wanted.every((select) => row.dataset[select.name].split("|").includes(select.value));
  form.querySelector("[role=status]").textContent = rows.filter((row) => !row.hidden).length + " of " + rows.length + " shown";
});
form.hidden = rows.length < 2;
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => (part.open = true)));
