// A page with a table: its first row is at hand, so that Enter opens it.
import "./map.js";
import { run } from "./desk.js";

if (!document.activeElement || document.activeElement === document.body) run("down");
document.addEventListener("moved", () => location.reload());
