// The page of the history: any act gone to, any act taken back.
import { send } from "./desk.js";

async function done(answer) {
  if (!answer) return;
  sessionStorage.setItem("said", answer.said);
  location.reload();
}

document.getElementById("main").addEventListener("click", async (event) => {
  const button = event.target.closest("[data-go], [data-back]");
  if (!button) return;
  button.disabled = true;
  if ("go" in button.dataset) await done(await send("/history/go", { act: button.dataset.go }));
  else await done(await send("/history/take-back", { act: button.dataset.back }));
  button.disabled = false;
});
document.addEventListener("moved", () => location.reload());
