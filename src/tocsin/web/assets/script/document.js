// The page of a document: cards and fields walked and judged by key, words chosen in the text.
import { fetchPart, on, place, say, send } from "./desk.js";
import { choose } from "./menu.js";
import { mendField, mending } from "./mend.js";
import { Pane } from "./pane.js";
import { stepWords } from "./words.js";

const desk = document.getElementById("desk");
const key = desk.dataset.document;
const address = `/documents/${encodeURIComponent(key)}`;
const choices = JSON.parse(desk.dataset.choices);
const holder = document.getElementById("text");
export const pane = new Pane(holder, JSON.parse(holder.dataset.text));
let current = null; // id of the mention at hand
let field = 0; // number of its field at hand
let reason = ""; // why, for the next act
let going = Promise.resolve(); // acts are sent one after the other
let resting = 0;
let waiting = 0; // how many of them are not answered yet

const cards = () => [...document.querySelectorAll(".card")];
const card = () => (current === null ? null : document.getElementById(current));
const fields = () => [...(card()?.querySelectorAll(".field") ?? [])];
const parsed = new WeakMap(); // the marks of each element, read once
let owners = new Set(); // mentions whose words are marked

function marksOf(element) {
  if (!parsed.has(element)) parsed.set(element, JSON.parse(element.dataset.marks));
  return parsed.get(element);
}

// --- what is marked

function allMarks(one) {
  return [...marksOf(one), ...[...one.querySelectorAll(".field")].flatMap(marksOf)];
}

const underlined = (one) => (one.dataset.state === "rejected" ? [] : allMarks(one).filter(([, , layer]) => layer !== "sentence"));

// The words of every mention are underlined; of the one that changed anew, or of all of them.
function markAll(changed = cards()) {
  for (const one of changed) pane.mark(one.id, underlined(one).map(([start, end, layer]) => [`all-${layer}`, start, end]));
  const there = new Set(cards().map((one) => one.id));
  for (const gone of owners) if (!there.has(gone)) pane.mark(gone, []);
  owners = there;
}

function markNow() {
  pane.mark("at hand", card() ? allMarks(card()).map(([start, end, layer]) => [`now-${layer}`, start, end]) : []);
  markField();
}

function markField() {
  const now = fields()[field];
  pane.mark("field", now ? marksOf(now).map(([start, end]) => ["now-field", start, end]) : []);
}

// --- what is at hand

export function focusCard(id, { show = true, first = 0 } = {}) {
  card()?.removeAttribute("aria-current");
  current = id;
  const now = card();
  if (!now) {
    current = null;
    markNow();
    return;
  }
  now.setAttribute("aria-current", "true");
  now.focus({ preventScroll: true });
  now.scrollIntoView({ block: "nearest" });
  field = first;
  // The address follows when the hand rests: browsers hold up pages that change it with every key.
  clearTimeout(resting);
  resting = setTimeout(() => history.replaceState(null, "", `#${id}`), 250);
  markNow();
  focusField(first, { show: false });
  const marks = allMarks(now);
  if (show && marks.length) {
    const start = Math.min(...marks.map((mark) => mark[0]));
    pane.show(start, start + 1);
  }
}

function focusField(number, { show = true } = {}) {
  const all = fields();
  field = Math.max(0, Math.min(all.length - 1, number));
  all.forEach((one, i) => (i === field ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current")));
  all[field]?.scrollIntoView({ block: "nearest" });
  markField();
  const marks = all[field] ? marksOf(all[field]) : [];
  if (show && marks.length) pane.show(marks[0][0], marks[0][1]);
}

function step(by) {
  const all = cards();
  const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(card()) + by))];
  if (next) focusCard(next.id);
}

// The next mention that nobody judged, after the one at hand and then from the top.
function nextOpen() {
  const all = cards();
  const at = all.indexOf(card());
  const next = [...all.slice(at + 1), ...all.slice(0, at)].find((one) => one.dataset.state === "open");
  if (next) focusCard(next.id);
  else say("Nothing is open here. Say that the document is done, or go on looking.");
}

function count() {
  const left = document.getElementById("left");
  if (left) left.textContent = `${cards().filter((one) => one.dataset.state === "open").length} of ${cards().length} open`;
}

// --- changes

function seen(...ids) {
  return Object.fromEntries(ids.map((id) => [id, Number(document.getElementById(id).dataset.version)]));
}

function wait(more) {
  waiting += more;
  desk.dataset.waiting = waiting;
}

// Send one change after those before it; the cards that come back take the place of the old ones.
export function change(what, body, { quiet = false } = {}) {
  const told = { ...body, ...(reason ? { reason } : {}) };
  reason = "";
  wait(1);
  going = going.then(async () => {
    // Versions are read when it is this change's turn: the one before it may have been about the same mention.
    const ids = [body.mention, body.keep, body.other, ...(body.mentions ?? [])].filter((id) => id && document.getElementById(id));
    const answer = await send(`${address}/${what}`, { ...told, seen: seen(...ids) });
    wait(-1);
    if (answer) {
      take(answer.cards);
      if (answer.chosen) focusCard(answer.chosen);
      if (!quiet) say(answer.said);
      return answer;
    }
    await refresh();
    return null;
  });
  return going;
}

function take(html) {
  const had = field;
  const fresh = place(html).flatMap((one) => (one.matches(".card") ? [one] : [...one.querySelectorAll(".card")]));
  markAll(fresh);
  if (current !== null) {
    const now = card();
    if (now) {
      now.setAttribute("aria-current", "true");
      if (!mending()) now.focus({ preventScroll: true });
      markNow();
      focusField(had, { show: false });
    } else focusCard(cards()[0]?.id ?? null);
  }
  count();
}

async function refresh() {
  const html = await fetchPart(`${address}/cards`);
  if (html !== null) take(html);
}

function judge(kind) {
  const now = card();
  if (!now) return;
  const id = now.id;
  now.dataset.state = kind === "accept" ? "accepted" : "rejected";
  now.querySelector(".state").textContent = "…";
  change("judge", { mentions: [id], kind }, { quiet: true });
  nextOpen();
}

async function setFromMenu(name, title) {
  const now = card();
  if (!now) return;
  const value = await choose(title, choices[name].map(([value, words]) => ({ words, value })));
  if (value === null) return;
  const values = { [name]: value };
  if (name === "type") {
    values.form = null;
    const forms = choices[`form ${value}`];
    if (forms) values.form = await choose("Form", [{ words: "not given", value: null }, ...forms.map(([form, words]) => ({ words, value: form }))]);
  }
  change("set", { mention: now.id, subject: now.id, values });
}

const MENUS = { type: "Type", modality: "Told as", scope: "Scope" };

async function mend() {
  const now = fields()[field];
  if (!now) return;
  const { subject, name } = now.dataset;
  if (MENUS[name]) setFromMenu(name, MENUS[name]);
  else if (name === "means") setMeans(now);
  else mendField(pane, { address, mention: current, subject, name, number: field, after: now, marks: marksOf(now) });
}

async function setMeans(now) {
  const value = await choose("Means: take in or out", choices.means.map(([value, words]) => ({ words, value })));
  if (value === null) return;
  const held = JSON.parse(card().dataset.means);
  const means = held.includes(value) ? held.filter((one) => one !== value) : [...held, value];
  change("set", { mention: current, subject: current, values: { means } });
}

const PARTS = [
  { words: "Number", value: "claim" },
  { words: "Place", value: "place" },
  { words: "Actor", value: "actor" },
  { words: "Demand", value: "demand" },
  { words: "Sentence that tells of it", value: "evidence" },
  { words: "Words that weaken the number at hand", value: "hedge" },
  { words: "Means", value: "means" },
  { words: "A mention of its own", value: "mention" },
];

async function add() {
  const chosen = pane.chosen();
  const kind = current === null ? "mention" : await choose("Add", PARTS);
  if (kind === null) return;
  if (kind === "mention") return addMention(chosen);
  if (kind === "means") return setMeans();
  const now = fields()[field];
  if (kind === "hedge" && now?.dataset.name !== "claim") return say("Go to the number first.", true);
  const subject = kind === "hedge" ? now.dataset.subject : "";
  mendField(pane, { address, mention: current, subject, name: kind, after: now ?? card().querySelector("header"), number: field, marks: [], chosen });
}

async function addMention(chosen) {
  if (!chosen) return say("Select the words that tell of the happening first.", true);
  const type = await choose("Type of the new mention", choices.type.map(([value, words]) => ({ words, value })));
  if (type === null) return;
  const asked = new URLSearchParams({ field: "evidence", start: chosen.start, end: chosen.end });
  const told = await fetchPart(`${address}/read?${asked}`);
  if (told !== null) change("add-mention", { value: { type, evidence: [JSON.parse(told).values] } });
}

// The same words again, wherever else they stand in the text: one act.
function everywhere() {
  const now = fields()[field];
  const { subject, name } = now?.dataset ?? {};
  if (!["place", "actor", "demand", "claim"].includes(name) || !marksOf(now).length) {
    return say("Go to a place, actor, demand or number with words in the text first.", true);
  }
  const [start, end] = marksOf(now)[0];
  const words = pane.text.slice(pane.offsets.units(start), pane.offsets.units(end));
  const there = new Set(fields().filter((one) => one.dataset.name === name).flatMap((one) => marksOf(one).map((mark) => mark[0])));
  const spans = pane.occurrences(words).filter((span) => !there.has(span.start));
  if (!spans.length) return say(`“${words}” stands nowhere else.`);
  change("everywhere", { mention: current, subject, spans });
}

async function split() {
  const now = card();
  const options = fields().filter((one) => one.dataset.subject !== current && one.dataset.name !== "said_by");
  if (!now || !options.length) return say("This mention has no field to move.", true);
  const part = await choose("Move to a mention of its own", options.map((one) => ({ words: one.innerText.replace(/\s+/g, " ").slice(0, 90), value: one.dataset.subject })));
  if (part === null) return;
  const type = await choose("Type of the new mention", [{ words: "the same", value: "" }, ...choices.type.map(([value, words]) => ({ words, value }))]);
  if (type === null) return;
  change("split", { mention: now.id, parts: [part], values: type ? { type, form: null } : {} });
}

async function merge() {
  const now = card();
  const others = cards().filter((one) => one !== now);
  if (!now || !others.length) return say("There is no other mention here.", true);
  const other = await choose("Make one with", others.map((one) => ({ words: one.ariaLabel.slice(0, 110), value: one.id })));
  if (other !== null) change("merge", { keep: now.id, other });
}

async function drop() {
  const now = fields()[field];
  if (!now) return;
  const { subject, name } = now.dataset;
  if (subject !== current && name !== "said_by") return change("drop", { mention: current, subject });
  if ((await choose("Take the whole mention out of the document?", [{ words: "No", value: false }, { words: "Yes, drop it", value: true }])) === true) {
    const next = cards()[cards().indexOf(card()) + 1] ?? cards()[cards().indexOf(card()) - 1];
    const gone = current;
    if (next) focusCard(next.id);
    change("drop", { mention: gone, subject: gone });
  }
}

async function done() {
  const answer = await going.then(() => send(`${address}/finish`, reason ? { reason } : {}));
  if (!answer) return;
  sessionStorage.setItem("said", answer.said);
  location.assign(answer.next);
}

function note() {
  const menu = document.getElementById("menu");
  const form = document.createElement("form");
  form.method = "dialog";
  const label = document.createElement("label");
  label.id = "menu-title";
  label.append("Why, for the next act ");
  const input = document.createElement("input");
  input.value = reason;
  input.size = 50;
  label.append(input);
  form.append(label);
  form.onsubmit = () => (reason = input.value.trim());
  menu.onkeydown = null;
  menu.onclose = () => card()?.focus();
  menu.replaceChildren(form);
  menu.showModal();
}

// --- choosing words by key, without a form

function chooseWords() {
  if (!pane.chosen()) {
    const marks = fields()[field] ? marksOf(fields()[field]) : [];
    const sentence = card() ? marksOf(card())[0] : null;
    const [start, end] = marks[0] ?? (sentence ? [sentence[0], sentence[0] + 1] : [0, 1]);
    pane.choose(start, end);
  }
  document.getElementById("pane").focus({ preventScroll: true });
  say("← → words; shift: more; alt: from the front; i: add what is chosen; esc: leave");
}

document.getElementById("pane").addEventListener("keydown", (event) => {
  if (mending() || event.ctrlKey || event.metaKey) return;
  if (!pane.chosen()) return;
  if (event.key === "Escape") {
    document.getSelection().removeAllRanges();
    card()?.focus();
    return;
  }
  if (stepWords(pane, event)) event.preventDefault();
});

for (const [command, act] of Object.entries({
  accept: () => judge("accept"),
  reject: () => judge("reject"),
  skip: nextOpen,
  "next-field": () => focusField((field + 1) % Math.max(1, fields().length)),
  "previous-field": () => focusField((field - 1 + fields().length) % Math.max(1, fields().length)),
  mend,
  words: chooseWords,
  everywhere,
  add,
  drop,
  type: () => setFromMenu("type", "Type"),
  modality: () => setFromMenu("modality", "Told as"),
  scope: () => setFromMenu("scope", "Scope"),
  split,
  merge,
  down: () => step(1),
  up: () => step(-1),
  done,
  note,
})) on(command, act);

// Digits go to a field, arrows to another card.
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || mending() || document.querySelector("dialog[open]")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, #pane")) return;
  if (/^[1-9]$/.test(event.key)) focusField(Number(event.key) - 1);
  else if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowUp") step(-1);
  else return;
  event.preventDefault();
});

document.getElementById("desk").addEventListener("click", (event) => {
  const chosen = event.target.closest(".card");
  const line = event.target.closest(".field");
  if (event.target.closest("#mend, a, button")) return;
  if (chosen && chosen.id !== current) focusCard(chosen.id);
  if (line) focusField(fields().indexOf(line));
});

// A click on marked words goes to the mention and field they are of: the narrowest that holds the place.
document.getElementById("pane").addEventListener("click", (event) => {
  if (mending() || pane.chosen()) return;
  const at = pane.hit(event.clientX, event.clientY);
  if (at === null) return;
  let best = null;
  for (const one of cards()) {
    const lines = [...one.querySelectorAll(".field")];
    for (const [element, number] of [[one, -1], ...lines.map((line, i) => [line, i])]) {
      for (const [start, end] of marksOf(element)) {
        if (start <= at && at < end && (!best || end - start < best.length)) best = { length: end - start, id: one.id, number };
      }
    }
  }
  if (!best) return;
  if (best.id !== current) focusCard(best.id, { show: false });
  if (best.number >= 0) focusField(best.number, { show: false });
});

document.addEventListener("moved", async (event) => {
  await refresh();
  if (event.detail.mention && document.getElementById(event.detail.mention)) focusCard(event.detail.mention);
});

// What was sent and not answered yet is waited for before the page goes.
window.addEventListener("beforeunload", (event) => {
  if (waiting) event.preventDefault();
});

markAll();
const asked = decodeURIComponent(location.hash.slice(1));
const first = cards().find((one) => one.id === asked) ?? cards().find((one) => one.dataset.state === "open") ?? cards()[0];
if (first) focusCard(first.id);
count();
desk.dataset.ready = "true";
