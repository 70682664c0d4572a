// The list: narrowed by category, place and words; everything that is hidden is said to be.
// Needs dom.js.

const rows = [...document.querySelectorAll("[data-row]")];
const events = [...document.querySelectorAll(".event")].map((event) => [event, [...event.querySelectorAll("[data-row]")]]);
const days = [...document.querySelectorAll(".day, .totals")].map((day) => [day, [...day.querySelectorAll("[data-row]")]]);
const haystacks = new Map(); // the words of each row, gathered when first searched
const filter = { hidden: new Set(), place: null, words: "" };

function matches(row) {
  if (filter.hidden.has(row.dataset.colour)) return false;
  if (filter.place !== null && !row.dataset.places.split(" ").includes(String(filter.place))) return false;
  if (!filter.words) return true;
  if (!haystacks.has(row)) haystacks.set(row, row.textContent.toLowerCase());
  return filter.words.split(/\s+/).every((word) => haystacks.get(row).includes(word));
}

// Returns the numbers of the mentions that stay.
function narrow() {
  const kept = [];
  for (const row of rows) {
    const out = !matches(row);
    if (row.hidden !== out) row.hidden = out;
    if (!out) kept.push(Number(row.dataset.row));
  }
  for (const [part, held] of [...events, ...days]) {
    const out = held.every((row) => row.hidden);
    if (part.hidden !== out) part.hidden = out;
  }
  const narrowed = kept.length < rows.length;
  const place = filter.place === null ? "" : ` in ${data.places[filter.place].name}`;
  document.getElementById("clear").hidden = !narrowed;
  document.getElementById("shown").textContent = narrowed ? `${kept.length} of ${rows.length} mentions${place}` : `${rows.length} mentions`;
  return kept.sort((a, b) => a - b);
}
