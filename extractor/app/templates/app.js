"use strict";
(() => {
  const form = document.getElementById("upload");
  const files = document.getElementById("files");
  const refused = document.getElementById("refused");
  const jobs = document.getElementById("jobs");
  const limit = Number(form.dataset.limit);

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function refuse(words) {
    refused.textContent = words;
    refused.hidden = !words;
  }

  function named(job) {
    if (!job.report_id || job.state === "failed") return element("span", "file", job.name);
    const link = element("a", "file", job.name);
    link.href = `/reports/${job.report_id}`;
    return link;
  }

  function show(told) {
    const shown = document.createElement("ul");
    shown.className = "jobs";
    for (const job of told.jobs) {
      const item = element("li", job.state, "");
      item.append(element("strong", "", job.words), " ", named(job));
      if (job.message) item.append(" ", element("span", "small", job.message));
      shown.append(item);
    }
    jobs.replaceChildren(...(told.jobs.length ? [element("h3", "", `Put in since the program was started: ${told.told}`), shown] : []));
  }

  async function watch() {
    let told;
    try {
      told = await (await fetch("/jobs")).json();
    } catch {
      return refuse("The program has stopped. Start it again to go on.");
    }
    show(told);
    if (told.busy) setTimeout(watch, 700);
    else location.assign("/");
  }

  async function send(chosen) {
    refuse("");
    const size = [...chosen].reduce((sum, file) => sum + file.size, 0);
    if (size > limit) return refuse(`These files have ${Math.ceil(size / 1e6)} MB together, more than the limit. Add them one after another.`);
    const body = new FormData();
    for (const file of chosen) body.append("files", file);
    form.querySelector("button").disabled = true;
    try {
      const answer = await fetch("/upload", { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (!answer.ok) refuse(told.message);
      else watch();
    } catch {
      refuse("The files did not arrive: the program has stopped, or they are larger than it takes.");
    }
    form.querySelector("button").disabled = false;
    form.reset();
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); if (files.files.length) send(files.files); });
  for (const name of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.toggle("over", name === "dragover"); });
  }
  form.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) send(event.dataTransfer.files); });
  if (document.querySelector(".jobs .waiting, .jobs .reading")) watch();
})();
