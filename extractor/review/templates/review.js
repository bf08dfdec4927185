"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const inApp = data.mode === "app";
  const $ = (id) => document.getElementById(id);
  const store = `peel-review:${data.report_id}:${data.sha256.slice(0, 12)}`;
  const STATES = { accepted: "✓ Accepted", corrected: "✎ Corrected", rejected: "✕ Rejected", added: "+ Added" };
  const CODES = { area_for_improvement: "afi", cause_of_concern: "coc", recommendation: "rec", innovative_practice: "inn", promising_practice: "pro" };
  const pieces = (text) => text.toLowerCase().replace(/\s+/g, " ");

  /* Decisions: `base` came with the page, `changes` were made here; null is a decision taken back. */
  const items = data.items;
  const base = new Map(items.filter((item) => item.decision).map((item) => [item.key, item.decision]));
  const changes = new Map();
  let current = null;
  let unsaved = false;
  let drawing = null; // the form that takes up what is marked on the pages

  const decision = (item) => (changes.has(item.key) ? changes.get(item.key) : base.get(item.key)) || null;
  const stateOf = (item) => decision(item)?.verdict || "open";
  const words = (item) => decision(item)?.text || item.text;
  const kindOf = (item) => (item.subject === "finding" && decision(item)?.kind) || item.kind;
  const questionOf = (item) => (item.subject === "finding" && decision(item)?.question) || item.question;
  const kindName = (kind) => (kind === "grading" ? "grade" : data.kinds[kind] || kind);
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const pagesOf = (item) => (item.page === null ? "" : item.page === item.page_last || !item.page_last ? `page ${item.page}` : `pages ${item.page}–${item.page_last}`);

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) key in made ? (made[key] = value) : made.setAttribute(key, value);
    made.append(...children);
    return made;
  }
  const say = (text) => { $("said").textContent = ""; setTimeout(() => ($("said").textContent = text), 30); };
  const today = () => { const now = new Date(); return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10); };

  /* keeping ------------------------------------------------------------------------------------------------------ */

  function entry(item, verdict, more = {}) {
    return {
      subject: item.subject, id: item.key, verdict, kind: item.subject === "finding" ? item.kind : "", text: "", detail: item.detail || "",
      question: item.question || "", printed: item.printed ?? item.text, page: item.page, boxes: item.boxes, note: decision(item)?.note || "",
      by: $("by").value.trim(), on: today(), ...more,
    };
  }

  function decide(item, made) {
    changes.set(item.key, made);
    hint = made?.verdict === "rejected" ? orphans(item) : "";
    if (made === null && item.rule_less) items.splice(items.indexOf(item), 1);
    keep();
    draw(item);
    counts();
    if (inApp) send([made || { ...entry(item, "withdrawn"), verdict: "withdrawn" }]);
    else unsaved = true;
  }

  /** Put the name to what was decided here before it was typed. */
  function sign() {
    const by = $("by").value.trim();
    if (!by) return;
    for (const [key, made] of changes) if (made && !made.by) changes.set(key, { ...made, by });
    waiting = waiting.map((made) => ({ ...made, by: made.by || by }));
    for (const item of items) if (nodes.has(item)) draw(item);
    keep();
    if (inApp) send([]);
  }

  /** Return words that name the recommendations that stay when their cause of concern goes. */
  function orphans(item) {
    const left = items.filter((other) => other.parent && other.parent === item.id && stateOf(other) !== "rejected");
    if (!left.length) return "";
    const named = left.map((other) => `“${words(other).slice(0, 60).trim()}${words(other).length > 60 ? " …" : ""}”`).join(", ");
    return `${left.length === 1 ? "1 recommendation stays" : `${left.length} recommendations stay`} without this cause of concern: look at ${named}, too.`;
  }

  function keep() {
    if (inApp) return;
    try {
      const added = items.filter((item) => item.rule_less);
      localStorage.setItem(store, JSON.stringify({ changes: [...changes], added, by: $("by").value }));
      tell("Decisions are kept in this browser. Use “Save decisions” to hand them on.");
    } catch {
      tell("This browser does not keep decisions: save them before you close the page.");
    }
  }

  function restore() {
    try { $("by").value = localStorage.getItem("peel-review:by") || data.by || ""; } catch { /* not kept */ }
    if (inApp) return;
    try {
      const kept = JSON.parse(localStorage.getItem(store) || "null");
      if (kept) takeUp(kept.changes.filter(([, made]) => made).map(([, made]) => made), kept.added);
      for (const [key, made] of kept?.changes || []) if (made === null) changes.set(key, null);
    } catch { tell("This browser does not keep decisions: save them before you close the page."); }
  }

  /** Take up decisions from this browser or from a file; those on items that are not here are told. */
  function takeUp(made, added = []) {
    const known = new Map(items.flatMap((item) => [[item.key, item], [item.id, item]]));
    let lost = 0;
    for (const each of made) {
      let item = known.get(each.id);
      if (!item && each.verdict === "added") {
        item = added.find((other) => other.key === each.id) || newItem(each);
        place(item);
        known.set(item.key, item);
      }
      if (!item || item.subject !== each.subject) { lost += each.verdict !== "withdrawn"; continue; }
      if (JSON.stringify(base.get(item.key)) !== JSON.stringify(each)) changes.set(item.key, each.verdict === "withdrawn" ? null : { ...each, id: item.key });
    }
    return lost;
  }

  function newItem(made) {
    return {
      subject: "finding", key: made.id, id: made.id, kind: made.kind, text: made.text, printed: "", detail: made.detail || null, question: made.question || null,
      page: made.page, page_last: made.boxes?.at(-1)?.page ?? made.page, boxes: made.boxes || [], flags: [], facts: [["rule", "added by an analyst"]], limbs: [], stem: null, rule_less: true,
    };
  }

  function place(item) {
    const top = (each) => Math.min(...each.boxes.filter((box) => box.page === each.page).map((box) => box.top), Infinity);
    let at = items.length;
    if (item.page) at = items.findIndex((other) => other.page > item.page || (other.page === item.page && top(other) > top(item)));
    else at = items.findLastIndex((other) => other.question === item.question) + 1 || -1;
    items.splice(at < 0 ? items.length : at, 0, item);
  }

  function everything() {
    const told = [];
    for (const item of items) if (decision(item)) told.push(decision(item));
    for (const [key, made] of changes) if (made === null && base.has(key)) told.push({ ...base.get(key), verdict: "withdrawn" });
    return { format: data.format, version: 1, report_id: data.report_id, sha256: data.sha256, title: data.title, saved: new Date().toISOString(), verdicts: told };
  }

  function save() {
    const told = everything();
    const url = URL.createObjectURL(new Blob([JSON.stringify(told, null, 1)], { type: "application/json" }));
    element("a", { href: url, download: `${data.report_id}.verdicts.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    unsaved = false;
    tell(`${told.verdicts.length} decisions saved as ${data.report_id}.verdicts.json`);
  }

  async function load(file) {
    try {
      const told = JSON.parse(await file.text());
      if (told.format !== data.format || !Array.isArray(told.verdicts)) throw new Error("it is not a file of decisions");
      if (told.report_id !== data.report_id) throw new Error(`it is about another report, ${told.report_id}`);
      const lost = takeUp(told.verdicts);
      keep();
      redraw();
      tell(`${told.verdicts.length} decisions loaded from ${file.name}${lost ? `; ${lost} are about items that are not in this report any more` : ""}`);
    } catch (error) {
      tell(`${file.name} cannot be loaded: ${error.message}`);
    }
  }

  let sending = Promise.resolve();
  let waiting = [];
  let later = null;

  /** Send decisions, in order; those that cannot be sent now wait, also for the next time the page is opened. */
  function send(made) {
    waiting.push(...made);
    holdBack(waiting);
    clearTimeout(later);
    if (!waiting.length) return;
    unsaved = true;
    const nameless = waiting.some((each) => !each.by);
    $("by").setAttribute("aria-invalid", String(nameless));
    if (nameless) return tell(`Type your name or initials first: ${waiting.length === 1 ? "your decision waits" : `${waiting.length} decisions wait`} for it, and ${waiting.length === 1 ? "is" : "are"} saved then.`);
    tell("Saving …");
    sending = sending.then(async () => {
      const batch = [...waiting];
      if (!batch.length) return;
      let lasting = false;
      try {
        const answer = await fetch(`/reports/${data.report_id}/verdicts`, {
          method: "POST", headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ format: data.format, report_id: data.report_id, verdicts: batch }),
        });
        lasting = answer.status === 400;
        if (!answer.ok) throw new Error((await answer.json()).message);
        waiting.splice(0, batch.length);
        unsaved = waiting.length > 0;
        holdBack(waiting);
        tell("All decisions are saved.");
      } catch (error) {
        if (lasting) holdBack([]);
        else later = setTimeout(() => send([]), 5000);
        const reason = error instanceof TypeError ? "The program does not answer; start it again." : error.message;
        tell(`Not saved: ${reason} ${lasting ? "Your next decision tries again." : "Leave this page open: it goes on trying."}`);
      }
    });
  }

  function holdBack(made) {
    try {
      if (made.length) localStorage.setItem(`${store}:waiting`, JSON.stringify(made));
      else localStorage.removeItem(`${store}:waiting`);
    } catch { /* this browser keeps nothing */ }
  }

  /** Take up the decisions that could not be sent when this report was open the last time. */
  function sendHeldBack() {
    try {
      const made = JSON.parse(localStorage.getItem(`${store}:waiting`) || "[]");
      if (!made.length) return;
      takeUp(made);
      redraw();
      send(made);
    } catch { /* this browser keeps nothing */ }
  }

  let hint = ""; // what the last decision leaves to be looked at
  const tell = (text) => { $("state").textContent = `${text} ${hint}`.trim(); };

  /* the list ----------------------------------------------------------------------------------------------------- */

  const nodes = new Map(); // item → its li

  function redraw() {
    nodes.clear();
    const list = [];
    let heading = null;
    let ol = null;
    for (const item of items) {
      const group = item.subject === "grading" ? "Grades" : questionOf(item) || "Under no known question";
      if (group !== heading) {
        heading = group;
        ol = element("ol");
        list.push(element("section", {}, element("h3", { dir: "ltr" }, group), ol));
      }
      ol.append(nodeOf(item));
    }
    $("items").replaceChildren(...list);
    for (const item of items) draw(item);
    filter();
    counts();
  }

  function nodeOf(item) {
    const li = $("item").content.firstElementChild.cloneNode(true);
    nodes.set(item, li);
    li.addEventListener("click", (event) => {
      const action = event.target.closest("[data-do]")?.dataset.do;
      if (event.target.closest("form")) return;
      if (action) act(item, action);
      else if (!String(getSelection())) choose(item, { focus: Boolean(event.target.closest(".pick")) });
    });
    return li;
  }

  function draw(item) {
    const li = nodes.get(item);
    if (!items.includes(item)) return redraw();
    const made = decision(item);
    const at = (name) => li.querySelector(`.${name}`);
    li.className = `item ${stateOf(item)}${item === current ? " current" : ""}`;
    at("tag").className = `tag ${kindOf(item)}`;
    at("tag").textContent = item.subject === "grading" ? capital(words(item)) : capital(kindName(kindOf(item)));
    const pick = at("pick");
    pick.textContent = capital(pagesOf(item)) || "Show";
    pick.setAttribute("aria-label", `${capital(kindName(kindOf(item)))}, ${pagesOf(item) || "show its place"}`);
    pick.setAttribute("aria-expanded", String(item === current));
    pick.tabIndex = item === current ? 0 : -1;
    at("state").textContent = STATES[made?.verdict] || "";
    at("stem").textContent = item.stem || "";
    at("stem").hidden = !item.stem;
    at("words").textContent = item.subject === "grading" ? item.question : words(item);
    const detail = made && made.verdict !== "accepted" && item.subject === "finding" ? made.detail : item.detail;
    at("detail").textContent = detail || "";
    at("detail").hidden = !detail;
    at("flags").replaceChildren(...item.flags.map(([, meaning]) => element("li", {}, capital(meaning) + ".")));
    const facts = [...item.facts];
    if (made && made.verdict !== "accepted" && made.printed && made.printed !== words(item)) facts.unshift(["found as", made.printed]);
    if (made?.note) facts.push(["note", made.note]);
    if (made?.by || made?.on) facts.push(["decided", [made.by, made.on].filter(Boolean).join(", ")]);
    at("facts").replaceChildren(...facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))));
    at("body").hidden = item !== current;
    const buttons = Object.fromEntries([...li.querySelectorAll(".actions > [data-do]")].map((button) => [button.dataset.do, button]));
    buttons.accepted.hidden = Boolean(made);
    buttons.rejected.hidden = Boolean(made) || item.rule_less;
    buttons.rejected.textContent = item.subject === "grading" ? "Not a grade" : "Not a finding";
    buttons.undo.hidden = !made;
    buttons.undo.textContent = made?.verdict === "added" ? "Take it out again" : "Undo";
    drawMarks();
  }

  function visible() { return items.filter((item) => !nodes.get(item).hidden); }

  function choose(item, { focus = false, scroll = true } = {}) {
    const before = current;
    current = item;
    if (before && before !== item && items.includes(before)) { closeForm(before); draw(before); }
    if (!item) return drawMarks();
    draw(item);
    const li = nodes.get(item);
    if (focus) li.querySelector(".pick").focus({ preventScroll: true });
    li.scrollIntoView({ block: "nearest" });
    if (scroll) show(item);
  }

  function act(item, action) {
    if (action === "correct") return openForm(item);
    closeForm(item);
    if (action === "undo") {
      const gone = item.rule_less || base.get(item.key)?.verdict === "added";
      if (gone) choose(neighbour(item, 1) || neighbour(item, -1));
      if (gone && !item.rule_less) { item.rule_less = true; }
      decide(item, null);
      say("Decision taken back");
      return focusCurrent();
    }
    decide(item, entry(item, action));
    const left = items.filter((each) => !decision(each)).length;
    say(`${action === "accepted" ? "Accepted" : "Rejected"}. ${left} to do.`);
    const next = neighbour(item, 1);
    choose(next || item, { focus: true });
  }

  const focusCurrent = () => current && nodes.get(current)?.querySelector(".pick").focus({ preventScroll: true });
  function neighbour(item, step) {
    const shown = visible();
    const at = shown.indexOf(item);
    return at < 0 ? items.slice(items.indexOf(item)).find((each) => shown.includes(each)) || shown.at(-1) : shown[at + step];
  }

  $("items").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("form")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[key];
    if (step) {
      event.preventDefault();
      const next = current ? neighbour(current, step) : visible()[0];
      return next && choose(next, { focus: true });
    }
    if (!current) return;
    const made = decision(current);
    const action = { a: made ? null : "accepted", c: "correct", x: made || current.rule_less ? null : "rejected", u: made ? "undo" : null }[key];
    if (action) { event.preventDefault(); act(current, action); }
  });

  /* counts and filters ------------------------------------------------------------------------------------------- */

  function counts() {
    const tally = { open: 0, accepted: 0, corrected: 0, rejected: 0, added: 0 };
    for (const item of items) tally[stateOf(item)] += 1;
    const kinds = {};
    for (const item of items) if (stateOf(item) !== "rejected") kinds[kindOf(item)] = (kinds[kindOf(item)] || 0) + 1;
    const several = { area_for_improvement: "areas for improvement", cause_of_concern: "causes of concern" };
    const named = Object.entries(kinds).map(([kind, count]) => `${count} ${count === 1 ? kindName(kind) : several[kind] || `${kindName(kind)}s`}`);
    const told = Object.entries(tally).filter(([name, count]) => count && name !== "open").map(([name, count]) => `${count} ${name}`);
    $("counts").textContent = `${named.join(", ") || "Nothing was found"}. ${[`${tally.open} to do`, ...told].join(", ")}.`;
    $("bar").style.width = `${items.length ? (100 * (items.length - tally.open)) / items.length : 0}%`;
  }

  function filter() {
    const find = pieces($("find").value.trim());
    const [kind, flag, state] = ["by-kind", "by-flag", "by-state"].map((id) => $(id).value);
    let count = 0;
    for (const item of items) {
      const text = pieces([words(item), item.detail, item.question, item.stem, item.key, ...item.facts.map((fact) => fact[1])].join(" "));
      const flags = item.flags.map(([name]) => name);
      const fits = (!find || text.includes(find)) && (!kind || kindOf(item) === kind) && (!state || stateOf(item) === state)
        && (!flag || (flag === "+" ? flags.length > 0 : flag === "-" ? flags.length === 0 : flags.includes(flag)));
      nodes.get(item).hidden = !fits;
      count += fits;
    }
    for (const group of $("items").children) group.hidden = ![...group.querySelectorAll(".item")].some((li) => !li.hidden);
    $("shown").textContent = count === items.length ? `${count} items` : `${count} of ${items.length} items`;
    if (!current || nodes.get(current)?.hidden) {
      const first = visible()[0];
      for (const item of items) nodes.get(item).querySelector(".pick").tabIndex = item === first ? 0 : -1;
    }
  }

  function options(select, values, chosen) {
    select.append(...values.map(([value, name]) => element("option", { value, selected: value === chosen }, name)));
  }

  /* forms -------------------------------------------------------------------------------------------------------- */

  let serial = 0;
  function form(name) {
    const made = $(`${name}-form`).content.firstElementChild.cloneNode(true);
    for (const field of made.querySelectorAll(".field")) {
      const control = field.querySelector("input, select, textarea");
      control.id = `field-${(serial += 1)}`;
      field.querySelector("label").htmlFor = control.id;
    }
    made.querySelector("h3").id = `field-${(serial += 1)}`;
    made.setAttribute("aria-labelledby", made.querySelector("h3").id);
    made.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); made.querySelector("[data-do=cancel]").click(); } });
    return made;
  }

  function findingForm(values) {
    const made = form("finding");
    options(made.elements.kind, Object.entries(data.kinds).map(([kind, name]) => [kind, capital(name)]), values.kind);
    const questions = [...new Set([...data.questions, ...items.map(questionOf).filter(Boolean)])];
    options(made.elements.question, [["", "None, or not in this list"], ...questions.map((each) => [each, each])], values.question || "");
    made.elements.text.value = values.text || "";
    made.elements.detail.value = values.detail || "";
    made.elements.note.value = values.note || "";
    return made;
  }

  function wrong(made, message, field) {
    const error = made.querySelector(".error");
    error.textContent = message;
    error.hidden = !message;
    if (message) field?.focus();
    return Boolean(message);
  }

  function openForm(item) {
    const host = nodes.get(item).querySelector(".form");
    if (host.firstChild) return host.querySelector("select, textarea").focus();
    const made = decision(item);
    let shown;
    if (item.subject === "grading") {
      shown = form("grading");
      options(shown.elements.text, data.grades.map((grade) => [grade, capital(grade)]), words(item));
      shown.elements.note.value = made?.note || "";
    } else {
      const held = made && made.verdict !== "accepted" && made.verdict !== "rejected" ? made : {};
      shown = findingForm({ kind: kindOf(item), question: questionOf(item), text: words(item), detail: held.verdict ? held.detail : item.detail, note: made?.note });
      shown.querySelector("h3").textContent = "Correct this finding";
      shown.querySelector(".for-page").hidden = true;
    }
    shown.querySelector(".hint").textContent = "Compare with the page, word by word.";
    if (!data.pages.length) shown.querySelector(".hint").textContent = "Compare with the printed text, word by word.";
    shown.querySelector("[data-do=cancel]").addEventListener("click", () => { closeForm(item); focusCurrent(); });
    shown.addEventListener("submit", (event) => {
      event.preventDefault();
      const fields = shown.elements;
      const text = fields.text.value.trim();
      if (wrong(shown, text ? "" : "The words are missing. If it is not a finding, cancel and say so.", fields.text)) return;
      const changed = item.subject === "grading" ? text !== item.text : text !== item.text || fields.kind.value !== item.kind || fields.question.value !== (item.question || "") || fields.detail.value.trim() !== (item.detail || "").trim();
      const more = { note: fields.note.value.trim() };
      if (changed || stateOf(item) === "added") Object.assign(more, { text });
      if (item.subject === "finding") Object.assign(more, { kind: fields.kind.value, question: fields.question.value, detail: fields.detail.value.trim() });
      const added = stateOf(item) === "added";
      closeForm(item);
      decide(item, entry(item, added ? "added" : changed ? "corrected" : "accepted", more));
      say("Saved");
      redrawKeeping(item);
    });
    host.replaceChildren(shown);
    shown.querySelector("textarea, select[name=text]").focus();
    nodes.get(item).scrollIntoView({ block: "nearest" });
  }

  function redrawKeeping(item) {
    redraw();
    choose(item, { focus: true, scroll: false });
  }

  function closeForm(item) { nodes.get(item)?.querySelector(".form").replaceChildren(); }

  /* adding ------------------------------------------------------------------------------------------------------- */

  function openAdding() {
    if (drawing) return closeAdding();
    const question = current ? questionOf(current) : null;
    const made = findingForm({ kind: "area_for_improvement", question });
    made.querySelector("h3").textContent = "Add a missed finding";
    made.querySelector(".hint").textContent = data.pages.length
      ? "Draw a frame around it on the page, or click its lines one by one: the words are taken from there. You can also type them."
      : "Select its words in the printed text, or type them.";
    made.querySelector(".for-page").hidden = !data.pages.length;
    drawing = { form: made, boxes: [], lines: [], asked: false };
    made.elements.question.addEventListener("input", () => (drawing.asked = true));
    made.querySelector("[data-do=cancel]").addEventListener("click", () => { closeAdding(); $("add").focus(); });
    made.addEventListener("submit", (event) => { event.preventDefault(); addItem(); });
    $("adding").replaceChildren(made);
    $("adding").hidden = false;
    $("add").setAttribute("aria-expanded", "true");
    document.body.classList.add("drawing");
    made.elements.kind.focus();
    $("adding").scrollIntoView({ block: "nearest" });
  }

  function closeAdding() {
    drawing = null;
    $("adding").replaceChildren();
    $("adding").hidden = true;
    $("add").setAttribute("aria-expanded", "false");
    document.body.classList.remove("drawing");
    drawMarks();
  }

  async function addItem() {
    const fields = drawing.form.elements;
    const text = fields.text.value.trim().replace(/\s+/g, " ");
    const page = drawing.boxes[0]?.page ?? (/^\d+$/.test(fields.page.value.trim()) ? Number(fields.page.value.trim()) : null);
    if (wrong(drawing.form, text ? "" : "The words are missing: mark them on the page or type them.", fields.text)) return;
    if (wrong(drawing.form, !data.pages.length || (page >= 1 && page <= data.pages.length) ? "" : `Say which page it is on, from 1 to ${data.pages.length}.`, fields.page)) return;
    const id = await idOf(fields.kind.value, text);
    if (wrong(drawing.form, items.some((item) => item.key === id || item.id === id) ? "These words are in the list already." : "", fields.text)) return;
    const made = {
      subject: "finding", id, verdict: "added", kind: fields.kind.value, text, detail: fields.detail.value.trim(), question: fields.question.value, printed: "",
      page, boxes: drawing.boxes, note: fields.note.value.trim(), by: $("by").value.trim(), on: today(),
    };
    closeAdding();
    const item = newItem(made);
    place(item);
    changes.set(item.key, made);
    redraw();
    decide(item, made);
    for (const id of ["find", "by-kind", "by-flag", "by-state"]) $(id).value = "";
    filter();
    choose(item, { focus: true });
    say("Added");
  }

  /** The id the program itself would give an item with these words. */
  async function idOf(kind, text) {
    const folded = text.normalize("NFKD").toLowerCase().replace(/ß/g, "ss").replace(/[^a-z0-9]+/g, " ").trim();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(folded)));
    return `${data.report_id}/${CODES[kind]}/${[...digest.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  }

  /** Take lines of a page into the form: their words and places, in reading order. */
  function take(page, lines, frame) {
    for (const line of lines) {
      const known = drawing.lines.findIndex((other) => other.page === page.number && other.line === line);
      if (known < 0) drawing.lines.push({ page: page.number, line });
      else if (lines.length === 1) drawing.lines.splice(known, 1);
    }
    drawing.lines.sort((a, b) => a.page - b.page || a.line[1] - b.line[1] || a.line[0] - b.line[0]);
    drawing.boxes = drawing.lines.map(({ page: number, line: [x0, top, x1, bottom] }) => ({ page: number, x0, top, x1, bottom }));
    if (!drawing.boxes.length && frame) drawing.boxes = [frame];
    if (drawing.lines.length) {
      const text = drawing.lines.map(({ line }) => line[4].trim()).join(" ").replace(/([a-z])[-\u00ad] (?=[a-z])/g, "$1-").replace(/\s+/g, " ");
      drawing.form.elements.text.value = text.replace(/^[•‣▪●○·\uf0b7]\s*/u, "");
    }
    drawing.form.elements.page.value = drawing.boxes[0]?.page ?? "";
    const before = items.filter((item) => item.subject === "finding" && item.page && drawing.boxes[0] && (item.page < drawing.boxes[0].page || (item.page === drawing.boxes[0].page && item.boxes[0]?.top < drawing.boxes[0].top)));
    if (before.length && !drawing.asked) drawing.form.elements.question.value = questionOf(before.at(-1)) || "";
    drawMarks();
  }

  /* the pages ---------------------------------------------------------------------------------------------------- */

  const sheets = new Map(); // page number → { page, sheet, marks }
  let zoom = 1;

  function buildPages() {
    const host = $("pages");
    const jump = $("jump");
    $("smaller").addEventListener("click", () => scale(-0.25));
    $("larger").addEventListener("click", () => scale(0.25));
    $("viewer").addEventListener("submit", () => sheets.get(Number(jump.value))?.figure.scrollIntoView());
    const seen = new IntersectionObserver((entries) => {
      for (const each of entries) if (each.isIntersecting) { paint(Number(each.target.dataset.page)); seen.unobserve(each.target); }
    }, { rootMargin: "800px" });
    for (const page of data.pages) {
      const sheet = element("div", { className: "sheet" });
      sheet.style.aspectRatio = `${page.width} / ${page.height}`;
      const more = element("details", {}, element("summary", {}, `Words of page ${page.number}`));
      more.addEventListener("toggle", () => { if (more.open && more.children.length < 2) more.append(element("pre", { tabIndex: 0 }, page.lines.map((line) => line[4]).join("\n"))); });
      const figure = element("figure", { className: "page" }, element("figcaption", {}, `Page ${page.number}`), sheet, more);
      figure.dataset.page = page.number;
      sheets.set(page.number, { page, sheet, figure });
      host.append(figure);
      seen.observe(figure);
      drawable(page, sheet);
    }
    host.addEventListener("scroll", () => {
      const top = host.getBoundingClientRect().top + 120;
      const now = [...sheets.values()].find(({ figure }) => figure.getBoundingClientRect().bottom > top);
      if (now && document.activeElement !== jump) jump.value = now.page.number;
    }, { passive: true });
  }

  function scale(step) {
    zoom = Math.min(3, Math.max(0.5, zoom + step));
    for (const { figure } of sheets.values()) figure.style.width = `${100 * zoom}%`;
    if (current) show(current);
  }

  function paint(number) {
    const { sheet } = sheets.get(number);
    if (sheet.querySelector("img, .failed")) return;
    const kept = document.getElementById(`picture-${number}`);
    const failed = () => sheet.prepend(element("p", { className: "failed" }, "This page cannot be shown as a picture; open its words below."));
    if (!inApp && !kept) return failed();
    const image = element("img", { alt: `Page ${number} as printed`, draggable: false });
    image.addEventListener("error", () => { image.remove(); failed(); });
    image.src = inApp ? `/reports/${data.report_id}/pages/${number}` : kept.textContent;
    sheet.prepend(image);
  }

  function put(mark, box, page, around = 0) {
    mark.style.left = `${(100 * (box.x0 - around)) / page.width}%`;
    mark.style.top = `${(100 * (box.top - around)) / page.height}%`;
    mark.style.width = `${(100 * (box.x1 - box.x0 + 2 * around)) / page.width}%`;
    mark.style.height = `${(100 * (box.bottom - box.top + 2 * around)) / page.height}%`;
    return mark;
  }

  let planned = false;
  function drawMarks() {
    if (planned || !sheets.size) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      for (const { sheet } of sheets.values()) sheet.querySelectorAll(".mark").forEach((mark) => mark.remove());
      for (const item of items) {
        const one = item === current;
        for (const box of one ? item.boxes : outlines(item)) {
          const { page, sheet } = sheets.get(box.page) || {};
          if (!sheet) continue;
          const mark = element("div", { className: `mark ${stateOf(item)}${one ? " current" : ""}` });
          if (!one) mark.addEventListener("click", () => choose(item, { scroll: false }));
          sheet.append(put(mark, box, page, one ? 1.5 : 3));
        }
      }
      for (const box of drawing?.boxes || []) {
        const { page, sheet } = sheets.get(box.page) || {};
        sheet?.append(put(element("div", { className: "mark new" }), box, page, 1));
      }
    });
  }

  /** One frame for each page an item is on. */
  function outlines(item) {
    const frames = new Map();
    for (const box of item.boxes) {
      const frame = frames.get(box.page);
      if (!frame) frames.set(box.page, { ...box });
      else Object.assign(frame, { x0: Math.min(frame.x0, box.x0), top: Math.min(frame.top, box.top), x1: Math.max(frame.x1, box.x1), bottom: Math.max(frame.bottom, box.bottom) });
    }
    return [...frames.values()];
  }

  const wide = matchMedia("(min-width: 60.01rem)");
  function show(item) {
    if (!data.pages.length) return showText(item);
    const first = item.boxes[0] || (item.page && { page: item.page, top: 0, bottom: 0 });
    const { page, sheet } = (first && sheets.get(first.page)) || {};
    if (!sheet || !wide.matches) return;
    paint(page.number);
    const host = $("pages");
    const last = item.boxes.at(-1) || first;
    const end = sheets.get(last.page) || { page, sheet };
    const offset = (at, box, side) => at.sheet.getBoundingClientRect().top - host.getBoundingClientRect().top + host.scrollTop + (at.sheet.clientHeight * box[side]) / at.page.height;
    const from = offset({ page, sheet }, first, "top");
    const to = offset(end, last, "bottom");
    const room = host.clientHeight - 70;
    host.scrollTop = to - from < room ? (from + to) / 2 - room / 2 - 60 : from - 110;
  }

  function showPlace(item) {
    if (wide.matches) return show(item);
    const box = item.boxes[0];
    const target = data.pages.length ? box && sheets.get(box.page)?.figure : document.querySelector(".here");
    target?.scrollIntoView();
  }

  function drawable(page, sheet) {
    let from = null;
    let rubber = null;
    const point = (event) => {
      const edge = sheet.getBoundingClientRect();
      return { x: ((event.clientX - edge.left) * page.width) / edge.width, y: ((event.clientY - edge.top) * page.height) / edge.height };
    };
    const frame = (a, b) => ({ page: page.number, x0: Math.min(a.x, b.x), top: Math.min(a.y, b.y), x1: Math.max(a.x, b.x), bottom: Math.max(a.y, b.y) });
    sheet.addEventListener("pointerdown", (event) => {
      if (!drawing || event.button) return;
      event.preventDefault();
      from = point(event);
      rubber = element("div", { className: "rubber" });
      sheet.append(rubber);
      sheet.setPointerCapture(event.pointerId);
    });
    sheet.addEventListener("pointermove", (event) => { if (from) put(rubber, frame(from, point(event)), page); });
    const end = (event) => {
      if (!from) return;
      const drawn = frame(from, point(event));
      rubber.remove();
      from = null;
      if (!drawing || event.type === "pointercancel") return;
      const click = drawn.x1 - drawn.x0 < 4 && drawn.bottom - drawn.top < 4;
      const lines = page.lines.filter((line) => {
        const y = (line[1] + line[3]) / 2;
        return click
          ? line[0] - 2 <= drawn.x0 && drawn.x0 <= line[2] + 2 && line[1] <= drawn.top && drawn.top <= line[3]
          : drawn.top <= y && y <= drawn.bottom && line[0] <= drawn.x1 && line[2] >= drawn.x0;
      });
      take(page, click ? lines.slice(0, 1) : lines, click ? null : drawn);
    };
    sheet.addEventListener("pointerup", end);
    sheet.addEventListener("pointercancel", end);
  }

  /* reports without pages: the printed text ---------------------------------------------------------------------- */

  function buildText() {
    const host = element("div", { className: "text" });
    for (const section of data.text) {
      if (section.title) host.append(element("h3", {}, section.title));
      for (const paragraph of section.paragraphs) host.append(element("p", {}, paragraph));
    }
    $("pages").append(host);
    $("pages").addEventListener("pointerup", () => {
      const chosen = String(getSelection()).trim();
      if (drawing && chosen) drawing.form.elements.text.value = chosen.replace(/\s+/g, " ");
    });
  }

  function showText(item) {
    const wanted = [item.subject === "grading" ? item.question : null, item.subject === "finding" ? item.text : null, ...(item.limbs || []), item.stem, item.detail]
      .filter(Boolean).map((each) => pieces(each).slice(0, 60));
    let first = null;
    for (const paragraph of $("pages").querySelectorAll(".text > *")) {
      const text = pieces(paragraph.textContent);
      const here = wanted.some((each) => text.includes(each) || (text.length > 12 && item.subject === "finding" && pieces(item.text).includes(text)));
      paragraph.classList.toggle("here", here);
      if (here && !first) first = paragraph;
    }
    if (first && wide.matches) first.scrollIntoView({ block: "center" });
  }

  /* beginning ---------------------------------------------------------------------------------------------------- */

  function buildProblems() {
    const shown = data.problems.filter((problem) => problem.severity !== "note");
    if (!shown.length) return;
    $("problems").hidden = false;
    $("problems").querySelector("summary").textContent = `Look at ${shown.length === 1 ? "this" : `these ${shown.length}`} before relying on it`;
    $("problems").querySelector("ul").append(...shown.map((problem) => element("li", {}, problem.message + (problem.page ? ` (page ${problem.page})` : ""))));
  }

  for (const item of items) {
    if (item.decision?.verdict === "added") item.printed = "";
    else if (item.decision?.printed) item.printed = item.decision.printed;
  }
  options($("by-kind"), [...new Set(items.map((item) => item.kind))].map((kind) => [kind, capital(kindName(kind))]), "");
  options($("by-flag"), [...new Map(items.flatMap((item) => item.flags))].map(([flag, meaning]) => [flag, capital(meaning)]), "");
  for (const id of ["find", "by-kind", "by-flag", "by-state"]) $(id).addEventListener("input", filter);
  $("filters").addEventListener("submit", (event) => { event.preventDefault(); const first = visible()[0]; if (first) choose(first, { focus: true }); });
  $("viewer").addEventListener("submit", (event) => event.preventDefault());
  $("back").addEventListener("click", () => { focusCurrent(); nodes.get(current)?.scrollIntoView({ block: "nearest" }); });
  $("add").addEventListener("click", openAdding);
  $("by").addEventListener("change", () => {
    try { localStorage.setItem("peel-review:by", $("by").value); } catch { /* not kept */ }
    sign();
  });
  if (!inApp) {
    $("save").addEventListener("click", save);
    $("load").addEventListener("click", () => $("file").click());
    $("file").addEventListener("change", () => { if ($("file").files[0]) load($("file").files[0]); $("file").value = ""; });
  }
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  restore();
  buildProblems();
  if (data.pages.length) buildPages(); else buildText();
  redraw();
  $("items").addEventListener("click", (event) => { if (event.target.closest(".pick") && current) showPlace(current); });
  if (inApp) {
    sendHeldBack();
    addEventListener("focus", () => send([]));
  }
  const named = decodeURIComponent(location.hash.slice(1));
  if (items.length) choose(items.find((item) => [item.key, item.id].includes(named)) || items.find((item) => !decision(item)) || items[0]);
})();
