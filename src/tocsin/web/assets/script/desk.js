// What every page has: keys, messages, light and dark. Text goes into the page as text only.

const keys = JSON.parse(document.body.dataset.keys);
const commandOf = new Map(Object.entries(keys).map(([command, key]) => [key, command]));
const commands = new Map();
const YEAR = 31536000;

// Say what a command does on this page.
export function on(command, act) {
  commands.set(command, act);
}

export function run(command) {
  const act = commands.get(command);
  if (act) act();
}

// One line at the foot of the page; read aloud.
let quiet = 0;
export function say(words, bad = false) {
  const toast = document.getElementById("toast");
  toast.textContent = words;
  toast.classList.toggle("bad", bad);
  clearTimeout(quiet);
  quiet = setTimeout(() => (toast.textContent = ""), bad ? 9000 : 2600);
}

// Send a change; null where it was refused, which is said.
export async function send(address, body = {}) {
  try {
    const answer = await fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (answer.ok) return await answer.json();
    say(problem(await answer.text()), true);
  } catch {
    say("The desk does not answer. Is `tocsin review` still running? What was saved is kept.", true);
  }
  return null;
}

function problem(text) {
  try {
    const told = JSON.parse(text);
    return `${told.subject}: ${told.problem}` + (told.advice ? `; ${told.advice}` : "");
  } catch {
    return text.trim();
  }
}

// Put a part of a page, made by the desk with everything escaped, in place of its elements of the same ids; return it.
export function place(html) {
  const read = new DOMParser().parseFromString(html, "text/html");
  const fresh = [...read.body.children].filter((one) => one.id && document.getElementById(one.id));
  for (const one of fresh) document.getElementById(one.id).replaceWith(one);
  return fresh;
}

export async function fetchPart(address) {
  try {
    const answer = await fetch(address, { headers: { "hx-request": "true" } });
    if (answer.ok) return await answer.text();
    say(problem(await answer.text()), true);
  } catch {
    say("The desk does not answer. Is `tocsin review` still running?", true);
  }
  return null;
}

export function remember(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=strict`;
}

const WRITING = "input, textarea, select, [contenteditable]";
const PRESSED = "button, a, summary, input, select, textarea";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]") || event.target.closest(WRITING)) return;
  // Space and Enter press what has the focus.
  if ((event.key === " " || event.key === "Enter") && event.target.closest(PRESSED)) return;
  const command = commandOf.get(event.key);
  if (!command || !commands.has(command)) return;
  event.preventDefault();
  run(command);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-command]");
  if (button) run(button.dataset.command);
});

document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const now = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
  remember("tocsin_theme", root.dataset.theme);
});

async function move(address, nothing) {
  const told = await send(address);
  if (!told) return;
  if (!told.said) {
    say(nothing);
    return;
  }
  if (told.where && told.where.split("#")[0] !== location.pathname) {
    sessionStorage.setItem("said", told.said);
    location.assign(told.where);
    return;
  }
  say(told.said);
  document.dispatchEvent(new CustomEvent("moved", { detail: told }));
}

on("undo", () => move("/history/back", "Nothing to undo."));
on("redo", () => move("/history/forward", "Nothing to redo."));
on("queue", () => location.assign("/"));
on("help", () => location.assign("/keys"));

// Rows of a table that lead somewhere: j and k walk them, Enter opens.
const rows = () => [...document.querySelectorAll("tr[data-href]")];
function walk(step) {
  const all = rows();
  const now = all.findIndex((row) => row.ariaSelected === "true");
  const next = all[Math.max(0, Math.min(all.length - 1, now < 0 ? 0 : now + step))];
  if (!next) return;
  if (now >= 0) all[now].ariaSelected = null;
  next.ariaSelected = "true";
  next.querySelector("a").focus();
}
on("down", () => walk(1));
on("up", () => walk(-1));
document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (row && !event.target.closest("a, button, input")) location.assign(row.dataset.href);
});

const told = sessionStorage.getItem("said");
if (told) {
  sessionStorage.removeItem("said");
  say(told);
}
for (const button of document.querySelectorAll("[data-command]")) {
  // A command that this page does not have is not offered on it; pages add theirs while loading.
  queueMicrotask(() => (button.disabled = !commands.has(button.dataset.command)));
}
