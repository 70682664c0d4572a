// Two mentions side by side: one happening, two, or left to the program.
import { on, send } from "./desk.js";

const { one, other, versions } = document.getElementById("pair").dataset;
const [first, second] = JSON.parse(versions);

async function judge(kind) {
  const answer = await send(`/pairs/${encodeURIComponent(one)}/${encodeURIComponent(other)}/judge`, { kind, seen: { [one]: first, [other]: second } });
  if (!answer) return;
  sessionStorage.setItem("said", answer.said);
  location.assign(answer.next);
}

on("accept", () => judge("same"));
on("reject", () => judge("different"));
on("skip", () => judge("unsure"));
document.addEventListener("moved", () => location.reload());
