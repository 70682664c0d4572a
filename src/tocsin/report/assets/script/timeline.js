// The timeline: one lane a type, one square a mention of one day, a bar for what lasted or is not known to the day.
// Needs dom.js and marks.js.

const LEAST_COLUMN = 6; // narrower columns cannot be hit or told apart, so days are gathered into weeks, then months
const TALLEST = 110; // a lane grows no higher than this; its squares get flatter instead

function drawTimeline(root, wanted) {
  const width = Math.floor(root.clientWidth);
  const narrow = width < 620;
  const left = narrow ? 0 : 158;
  const right = 12;
  const first = dayNumber(data.window[0]);
  const last = dayNumber(data.window[1]);
  const days = last - first + 1;
  const room = width - left - right;
  const unit = [1, 7, 28, 91, 364].find((size) => room / Math.ceil(days / size) >= LEAST_COLUMN) || 364;
  const columns = Math.ceil(days / unit);
  const column = room / columns;
  const cell = Math.max(3, Math.min(13, column - 1));
  const x = (day) => left + ((day - first) / unit) * column;

  const lanes = data.lanes.map((lane) => ({ ...lane, stacks: new Map(), bars: [], early: [], late: [], undated: [] }));
  wanted.forEach((number) => sortIn(number, lanes[data.mentions[number].lane], first, last, unit));
  const used = lanes.filter((l) => l.stacks.size || l.bars.length || l.early.length || l.late.length || l.undated.length);

  const svg = shape("svg", { width, class: "timeline", role: "group", "aria-label": "Mentions by type and day" });
  let y = 24;
  const grid = shape("g", { class: "grid", "aria-hidden": "true" });
  svg.append(grid);
  for (const lane of used) y = drawLane(svg, lane, { y, x, unit, column, cell, left, width, narrow, first, last });
  const bottom = y + 4;
  drawAxis(grid, { first, last, x, bottom, room });
  svg.append(drawReports({ x, first, last, y: bottom, left, narrow }));
  svg.setAttribute("height", bottom + (narrow ? 40 : 26));
  svg.setAttribute("viewBox", `0 0 ${width} ${bottom + (narrow ? 40 : 26)}`);
  root.replaceChildren(svg);
  if (unit > 1) {
    const words = { 7: "a week", 28: "four weeks", 91: "a quarter", 364: "a year" }[unit];
    root.append(element("p", { class: "sub" }, `A column is ${words} wide.`));
  }
  moveByArrows(svg);
}

function sortIn(number, lane, first, last, unit) {
  const mention = data.mentions[number];
  const start = mention.start ? dayNumber(mention.start) : null;
  const end = mention.end ? dayNumber(mention.end) : null;
  if (start === null && end === null) lane.undated.push(number);
  else if ((end ?? start) < first) lane.early.push(number);
  else if ((start ?? end) > last) lane.late.push(number);
  else if (mention.precision === "day" && mention.scope === "single" && start !== null && (end === start || (end === null && mention.modality !== "ongoing"))) {
    const at = Math.floor((start - first) / unit);
    if (!lane.stacks.has(at)) lane.stacks.set(at, []);
    lane.stacks.get(at).push(number);
  } else lane.bars.push(span(number, mention, start, end, last));
}

// What was still going on when the report was printed is known up to that day and no further.
function span(number, mention, start, end, last) {
  const openEnd = end === null && mention.modality === "ongoing";
  const printed = data.documents[mention.d].published;
  const known = printed ? Math.min(last, dayNumber(printed)) : last;
  return { number, start: start ?? end, end: end ?? (openEnd ? Math.max(start, known) : start), openEnd, openStart: start === null };
}

function drawLane(svg, lane, at) {
  const { x, unit, column, cell, left, width, narrow } = at;
  const tallest = Math.max(0, ...[...lane.stacks.values()].map((stack) => stack.length));
  const step = tallest * (cell + 1) > TALLEST ? Math.max(1.5, TALLEST / tallest) : cell + 1;
  const rows = packBars(lane.bars, x, at);
  const asides = [[lane.early, "earlier"], [lane.late, "later"], [lane.undated, "undated"]].filter(([list]) => list.length);
  const top = at.y + (narrow ? 20 : 4);
  const base = top + Math.max(narrow ? 0 : 12, tallest * step);
  const bottom = base + rows.length * 11 + 5;
  const name = shape("text", { class: "lane", x: narrow ? 0 : left - 12, y: narrow ? at.y + 14 : base - 2, "text-anchor": narrow ? "start" : "end" }, lane.kind);
  svg.append(name);
  if (asides.length) {
    const said = asides.map(([list, word]) => `${list.length} ${word}`).join(", ");
    const place = narrow ? { x: width, y: at.y + 14 } : { x: left - 12, y: base + 11 };
    svg.append(shape("text", { class: "aside", ...place, "text-anchor": "end" }, said));
  }
  const height = asides.length && !narrow ? Math.max(bottom, base + 17) : bottom;
  svg.append(shape("path", { class: "base", d: `M${left} ${base + 0.5}H${width}` }));
  const found = [];
  for (const [column_, stack] of lane.stacks) {
    stack.forEach((number, level) => {
      const size = Math.min(cell, step > 3 ? step - 1 : step);
      const box = { x: left + column_ * column + (column - cell) / 2, y: base - level * step - size - 1, width: cell, height: size };
      found.push([number, squareMark(number, box)]);
    });
  }
  rows.forEach((row, level) => row.forEach((bar) => found.push([bar.number, barMark(bar, base + 4 + level * 11, x, at)])));
  found.sort(([a], [b]) => a - b).forEach(([, mark]) => svg.append(mark));
  return height + (narrow ? 6 : 5);
}

function squareMark(number, box) {
  const mention = data.mentions[number];
  const open = ["planned", "hypothetical", "denied"].includes(mention.modality);
  const inset = open ? { x: box.x + 0.75, y: box.y + 0.75, width: Math.max(1, box.width - 1.5), height: Math.max(1, box.height - 1.5) } : box;
  const cross = mention.modality === "denied" ? shape("path", { class: "cross", d: `M${box.x} ${box.y + box.height}L${box.x + box.width} ${box.y}` }) : null;
  return makeMark(number, shape("rect", inset), cross);
}

function barMark(bar, y, x, at) {
  const mention = data.mentions[bar.number];
  const a = Math.max(at.left, x(bar.start));
  const b = Math.min(at.width - (bar.openEnd ? 2 : 12), Math.max(a + 6, x(bar.end + 1) + (bar.openEnd ? 7 : 0)));
  const hit = shape("rect", { class: "hit", x: a, y: y - 2, width: Math.max(10, b - a), height: 11 });
  if (mention.scope === "total") return makeMark(bar.number, hit, shape("path", { class: "total", d: `M${a + 0.75} ${y}V${y + 7}M${a} ${y + 3.5}H${b}M${b - 0.75} ${y}V${y + 7}` }));
  if (bar.openEnd) return makeMark(bar.number, hit, shape("path", { class: "body", d: `M${a} ${y}H${b - 7}L${b} ${y + 3.5}L${b - 7} ${y + 7}H${a}Z` }));
  const unsure = mention.precision !== "day" || bar.openStart;
  return makeMark(bar.number, hit, shape("rect", { class: unsure ? "unsure" : "body", x: a + (unsure ? 0.75 : 0), y: y + (unsure ? 0.75 : 0), width: Math.max(2, b - a - (unsure ? 1.5 : 0)), height: unsure ? 5.5 : 7 }));
}

function packBars(bars, x, at) {
  const rows = [];
  for (const bar of [...bars].sort((a, b) => a.start - b.start || a.number - b.number)) {
    const from = Math.max(at.left, x(bar.start));
    const row = rows.find((taken) => taken.until < from) || rows[rows.push(Object.assign([], { until: 0 })) - 1];
    row.push(bar);
    row.until = Math.max(from + 10, x(bar.end + 1)) + (bar.openEnd ? 9 : 2);
  }
  return rows;
}

function drawAxis(grid, { first, last, x, bottom, room }) {
  const perDay = room / (last - first + 1);
  // As many lines as can be told apart: months, then years, then decades.
  const inMonths = perDay * 30 >= 26;
  const years = [1, 2, 5, 10, 20, 50].find((step) => perDay * 365 * step >= 46) || 100;
  let free = -Infinity;
  for (let day = first; day <= last; day++) {
    const date = dateOf(day);
    const opens = date.getUTCDate() === 1 && (inMonths || (date.getUTCMonth() === 0 && date.getUTCFullYear() % years === 0));
    if (day !== first && !opens) continue;
    const at = x(day);
    if (opens) grid.append(shape("path", { class: "month", d: `M${at + 0.5} 16V${bottom}` }));
    const named = free === -Infinity || date.getUTCMonth() === 0;
    const month = inMonths || day === first ? MONTHS[date.getUTCMonth()] : "";
    const words = [month, named ? date.getUTCFullYear() : ""].filter(Boolean).join(" ");
    const wide = words.length * 7 + 10;
    if (at < free || at + wide > x(last + 1) + 24) continue;
    // The first label gives way where the next line follows too closely for both.
    if (day === first && !opens && crowds(first, last, x, wide, inMonths, years)) continue;
    grid.append(shape("text", { class: "month", x: at + 3, y: 12 }, words));
    free = at + wide;
  }
  if (perDay < 2.5) return;
  for (let day = first; day <= last; day++) {
    if (dateOf(day).getUTCDay() === 0) grid.prepend(shape("rect", { class: "sunday", x: x(day), y: 16, width: perDay, height: bottom - 16 }));
  }
}

function crowds(first, last, x, wide, inMonths, years) {
  for (let day = first + 1; day <= last && x(day) - x(first) < wide; day++) {
    const date = dateOf(day);
    if (date.getUTCDate() === 1 && (inMonths || (date.getUTCMonth() === 0 && date.getUTCFullYear() % years === 0))) return true;
  }
  return false;
}

function drawReports({ x, first, last, y, left, narrow }) {
  const row = shape("g", { class: "reports", "aria-hidden": "true" });
  row.append(shape("text", { class: "aside", x: narrow ? 0 : left - 12, y: y + (narrow ? 14 : 15), "text-anchor": narrow ? "start" : "end" }, "reports printed"));
  for (const one of data.documents) {
    if (!one.published) continue;
    const day = dayNumber(one.published);
    if (day < first || day > last) continue;
    const at = (x(day) + x(day + 1)) / 2;
    const top = y + (narrow ? 20 : 8);
    row.append(shape("path", { d: `M${at} ${top}L${at + 4} ${top + 8}H${at - 4}Z` }));
  }
  return row;
}
