// The page of the keys: a field takes the key that is pressed in it.
import { remember, say } from "./desk.js";

const inputs = [...document.querySelectorAll("#keys input")];

function keep() {
  const chosen = inputs.filter((input) => input.dataset.key !== input.dataset.usual);
  remember("tocsin_keys", new URLSearchParams(chosen.map((input) => [input.dataset.for, input.dataset.key])).toString());
  location.reload();
}

for (const input of inputs) {
  input.addEventListener("keydown", (event) => {
    if (["Tab", "Shift", "Control", "Alt", "Meta", "Escape"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const taken = inputs.find((other) => other !== input && other.dataset.key === event.key);
    if (/^[0-9]$/.test(event.key) || event.key.startsWith("Arrow")) say("Digits and arrows choose fields and words.", true);
    else if (taken) say(`That key does something else already: ${taken.getAttribute("aria-label").slice(8)}.`, true);
    else {
      input.dataset.key = event.key;
      keep();
    }
  });
}

document.getElementById("usual").addEventListener("click", () => {
  for (const input of inputs) input.dataset.key = input.dataset.usual;
  keep();
});
