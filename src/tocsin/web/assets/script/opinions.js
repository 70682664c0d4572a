// Second opinions: documents given to several reviewers apart, and the coding that counts chosen.
import { send } from "./desk.js";

async function leave(answer) {
  if (!answer) return;
  sessionStorage.setItem("said", answer.said);
  location.assign(answer.where);
}

document.getElementById("apart")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { document: name, hands } = Object.fromEntries(new FormData(event.target));
  const named = hands.split(",").map((hand) => hand.trim()).filter(Boolean);
  await leave(await send(`/opinions/${encodeURIComponent(name.trim())}/apart`, { hands: named }));
});

document.getElementById("main").addEventListener("click", async (event) => {
  const button = event.target.closest("[data-adopt]");
  if (!button) return;
  const { document: name } = button.closest("[data-document]").dataset;
  await leave(await send(`/opinions/${encodeURIComponent(name)}/adopt`, { hand: button.dataset.adopt }));
});
