// The form under a field: values that the text offers, each a digit away; or any words of the text; or what is typed.
import { change, focusCard } from "./document.js";
import { fetchPart, say } from "./desk.js";
import { stepWords } from "./words.js";

let open = null; // {pane, asked, form, values}

export function mending() {
  return open !== null;
}

// asked: address of the document, mention, subject ("" for a new part), name of the field, element to stand after,
// marks of the field, and words chosen already.
export async function mendField(pane, asked) {
  close();
  const query = new URLSearchParams({ mention: asked.mention, subject: asked.subject, field: asked.name });
  const html = await fetchPart(`${asked.address}/mend?${query}`);
  if (html === null) return;
  const form = new DOMParser().parseFromString(html, "text/html").querySelector("form");
  asked.after.after(form);
  open = { pane, asked, form, values: JSON.parse(form.dataset.values), mark: "" };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  form.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]");
    if (pick) save(JSON.parse(pick.dataset.pick));
    else if (event.target.closest("[data-close]")) leave();
  });
  form.addEventListener("keydown", keyed);
  form.scrollIntoView({ block: "nearest" });
  form.focus({ preventScroll: true });
  if (asked.chosen) pane.choose(asked.chosen.start, asked.chosen.end);
  else if (asked.marks.length) pane.choose(asked.marks[0][0], asked.marks[0][1]);
  // Words chosen before are read at once; those that the field stands on already come to what they came to.
  if (asked.chosen) read();
  else open.mark = spot();
}

function close() {
  if (!open) return;
  open.form.remove();
  open = null;
  document.getSelection().removeAllRanges();
}

function leave() {
  const { mention } = open.asked;
  close();
  document.getElementById(mention)?.focus({ preventScroll: true });
}

function keyed(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    leave();
    return;
  }
  const writing = event.target.closest("input:not([type=checkbox]), select, textarea");
  if (writing || event.metaKey) return;
  if (/^[1-9]$/.test(event.key) && !event.ctrlKey && !event.altKey) {
    const pick = open.form.querySelectorAll("[data-pick]")[Number(event.key) - 1];
    if (pick) save(JSON.parse(pick.dataset.pick));
    event.preventDefault();
  } else if (event.key === "Enter" && !event.target.closest("button")) {
    event.preventDefault();
    save();
  } else if (stepWords(open.pane, event)) {
    event.preventDefault();
    read();
  }
}

// Where the chosen words stand, to tell whether they changed.
function spot() {
  const chosen = open.pane.chosen();
  return chosen ? `${chosen.start}-${chosen.end}` : "";
}

// What the chosen words come to goes into the form.
let reading = Promise.resolve();
function read() {
  const chosen = open?.pane.chosen();
  if (!chosen || spot() === open.mark) return reading;
  open.mark = spot();
  const { asked, form } = open;
  const query = new URLSearchParams({ mention: asked.mention, subject: asked.subject, field: asked.name, start: chosen.start, end: chosen.end });
  reading = reading.then(async () => {
    const told = await fetchPart(`${asked.address}/read?${query}`);
    if (told === null || open?.form !== form || open.mark !== `${chosen.start}-${chosen.end}`) return;
    const found = JSON.parse(told);
    open.values = found.values;
    document.getElementById("mend-quote").textContent = found.quote;
    document.getElementById("mend-shown").textContent = found.shown;
    for (const input of form.querySelectorAll("[name]")) {
      const value = input.name.split(".").reduce((part, name) => part?.[name], found.values);
      if (value === undefined) continue;
      if (input.type === "checkbox") input.checked = value;
      else input.value = value ?? "";
    }
  });
  return reading;
}

document.addEventListener("mouseup", () => {
  if (open) setTimeout(read, 0);
});

async function save(picked = null) {
  await reading;
  if (!open) return;
  const { asked, form } = open;
  const values = picked ?? filled(form, open.values);
  if (!asked.subject && !values.span && !values.sentence && asked.name !== "place") {
    say("Select the words in the text first.", true);
    return;
  }
  close();
  const { mention, subject, name } = asked;
  if (subject) change("set", { mention, subject, values });
  else change("add", { mention, kind: name, values: [name === "demand" ? values.span : values] });
  focusCard(mention, { show: false, first: Math.max(0, Number(asked.number ?? 0)) });
}

// The values with what stands in the inputs.
function filled(form, values) {
  const whole = structuredClone(values);
  for (const input of form.querySelectorAll("[name]")) {
    const path = input.name.split(".");
    const last = path.pop();
    let part = whole;
    for (const name of path) part = part[name] ??= {};
    part[last] = typed(input);
  }
  return whole;
}

function typed(input) {
  const words = input.value.trim();
  switch (input.dataset.kind) {
    case "truth":
      return input.checked;
    case "number":
      return words === "" ? null : Number(words.replace(/[\s,_]/g, ""));
    case "words":
      return words === "" ? null : words;
    default:
      return words;
  }
}
