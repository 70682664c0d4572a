// The page of an event: mentions walked, marked and split off by key; two events made one.
import "./map.js";
import { on, say, send } from "./desk.js";
import { choose } from "./menu.js";

const SEEN = "events seen"; // the last ones looked at, of this tab alone
const root = document.getElementById("event");
const name = root.dataset.event;
const address = `/events/${encodeURIComponent(name)}`;
const tellings = () => [...document.querySelectorAll(".telling")];
const boxes = () => [...document.querySelectorAll('.telling input[name="mention"]')];
let at = -1;

function go(number) {
  const all = tellings();
  at = Math.max(0, Math.min(all.length - 1, number));
  all.forEach((one, i) => (i === at ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current")));
  all[at]?.focus({ preventScroll: true });
  all[at]?.scrollIntoView({ block: "nearest" });
}

async function leave(answer) {
  if (!answer) return;
  sessionStorage.setItem("said", answer.said);
  location.assign(answer.where);
}

on("down", () => go(at + 1));
on("up", () => go(at - 1));
on("split", async () => {
  const marked = boxes().filter((box) => box.checked).map((box) => box.value);
  const mentions = marked.length ? marked : at >= 0 ? [tellings()[at].id] : [];
  if (!mentions.length) return say("Mark the mentions that are another happening first.", true);
  leave(await send(`${address}/split`, { mentions }));
});

on("merge", async () => {
  const seen = JSON.parse(sessionStorage.getItem(SEEN) ?? "[]").filter((one) => one.id !== name);
  if (!seen.length) return say("Open the other event first: the last ones that you looked at are offered here.", true);
  const other = await choose("Make one with", seen.map((one) => ({ words: one.words, value: one.id })));
  if (other !== null) leave(await send(`${address}/merge`, { other }));
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || at < 0 || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target !== tellings()[at]) return;
  if (event.key === " ") boxes()[at].checked = !boxes()[at].checked;
  else if (event.key === "Enter") location.assign(tellings()[at].dataset.href);
  else return;
  event.preventDefault();
});

document.addEventListener("moved", () => location.reload());

const words = document.querySelector(".title").innerText.replace(/\s+/g, " ").slice(0, 100);
const before = JSON.parse(sessionStorage.getItem(SEEN) ?? "[]").filter((one) => one.id !== name);
sessionStorage.setItem(SEEN, JSON.stringify([{ id: name, words }, ...before].slice(0, 9)));
