// A page with a table: its first row is at hand, so that Enter opens it.
import "./map.js";
import { run } from "./desk.js";

// On a phone the table comes before what narrows it.
if (matchMedia("(max-width: 860px)").matches) for (const one of document.querySelectorAll(".facets details")) one.open = false;
if (!document.activeElement || document.activeElement === document.body) run("down");
document.addEventListener("moved", () => location.reload());
