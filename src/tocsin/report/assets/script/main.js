// Joins the parts. Needs all others.

let drawnAt = 0; // the width for which the charts were drawn
const timeline = document.getElementById("timeline");
const map = document.getElementById("map");

// A chart is drawn when it comes into view: with thousands of mentions the page opens, and the list narrows, sooner.
const charts = [
  { root: timeline, stale: true, seen: false, make: () => drawTimeline(timeline, order) },
  ...(map ? [{ root: map, stale: true, seen: false, make: () => drawMap(map, order, choosePlace) }] : []),
];
const FEW = 1000; // so many mentions are drawn at once

function drawStale(all = data.mentions.length <= FEW) {
  for (const chart of charts) {
    if (!chart.stale || !(chart.seen || all)) continue;
    chart.stale = false;
    chart.make();
  }
  for (const mark of document.querySelectorAll(`.mark[data-m="${current}"]`)) mark.classList.toggle("chosen", pane.open);
}

function draw() {
  order = narrow();
  for (const chart of charts) chart.stale = true;
  drawStale();
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) charts.find((chart) => chart.root === entry.target).seen = entry.isIntersecting;
    if (drawnAt) drawStale();
  },
  { rootMargin: "300px" }
);
for (const chart of charts) watcher.observe(chart.root);
addEventListener("beforeprint", () => drawStale(true));

function choosePlace(place) {
  filter.place = filter.place === place ? null : place;
  draw();
  document.getElementById("list").scrollIntoView();
  document.getElementById("list").focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-m], [data-d], [data-place], [data-filter]");
  if (!chosen) return;
  const { m, c, d, place, filter: colour } = chosen.dataset;
  if (m !== undefined) openMention(Number(m), c === undefined ? null : Number(c), chosen);
  else if (d !== undefined) openDocument(Number(d), chosen);
  else if (place !== undefined) choosePlace(Number(place));
  else if (colour !== undefined) {
    const shown = filter.hidden.delete(colour) || !filter.hidden.add(colour);
    chosen.setAttribute("aria-pressed", shown);
    draw();
  }
});

document.getElementById("find").addEventListener("input", (event) => {
  filter.words = event.target.value.trim().toLowerCase();
  draw();
});

document.getElementById("clear").addEventListener("click", () => {
  filter.hidden.clear();
  filter.place = null;
  filter.words = "";
  document.getElementById("find").value = "";
  for (const chip of document.querySelectorAll("[data-filter]")) chip.setAttribute("aria-pressed", "true");
  draw();
  document.getElementById("find").focus();
});

const step = (by) => openMention(order[order.indexOf(current) + by], null, opener);
document.getElementById("earlier").addEventListener("click", () => step(-1));
document.getElementById("later").addEventListener("click", () => step(1));
document.getElementById("close").addEventListener("click", hide);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && pane.open) hide();
});

const theme = document.getElementById("theme");
const dark = () => (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
const sayTheme = () => {
  theme.textContent = dark() ? "Light" : "Dark";
  theme.setAttribute("aria-label", dark() ? "Use light colours" : "Use dark colours");
};
theme.addEventListener("click", () => {
  document.documentElement.dataset.theme = dark() ? "light" : "dark";
  sayTheme();
});
sayTheme();

for (const chart of document.querySelectorAll(".range-chart")) moveByArrows(chart);

new ResizeObserver(() => {
  if (timeline.clientWidth !== drawnAt) {
    drawnAt = timeline.clientWidth;
    draw();
  }
}).observe(timeline);

const address = /^#m(\d+)(?:c(\d+))?$/.exec(location.hash);
if (address) {
  order = narrow();
  openMention(Number(address[1]), address[2] === undefined ? null : Number(address[2]), null);
}
