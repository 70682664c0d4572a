// The map: each mention a dot, gathered in a spiral around its place, over the outlines of the countries in view.
// Needs dom.js, marks.js and vendor (d3-geo, topojson-client).

const TURN = Math.PI * (3 - Math.sqrt(5)); // the golden angle: dots fill a disc evenly, whatever their number
const WIDEST = 62; // no place's disc grows beyond this radius; its dots get smaller instead

function drawMap(root, wanted, choosePlace) {
  const width = Math.floor(root.clientWidth);
  const height = Math.round(Math.min(560, Math.max(width * 0.62, Math.min(width, 360))));
  const outlines = vendor.feature(data.outlines, data.outlines.objects.countries);
  const projection = project(width, height, outlines);
  const path = vendor.geoPath(projection);
  const svg = shape("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "map", role: "group", "aria-label": "Mentions by place" });

  const land = shape("g", { "aria-hidden": "true" });
  for (const country of outlines.features) {
    const line = path(country);
    if (line) land.append(shape("path", { class: "land", d: line }));
  }
  const borders = path(vendor.mesh(data.outlines, data.outlines.objects.countries, (a, b) => a !== b));
  if (borders) land.append(shape("path", { class: "border", d: borders }));
  svg.append(land);

  const clusters = gather(wanted, projection);
  const most = Math.max(1, ...clusters.map((cluster) => cluster.mentions.length));
  let dot = Math.max(1.3, Math.min(4.6, WIDEST / (1.9 * Math.sqrt(most))));
  const spread = () => clusters.forEach((c) => (c.radius = dot * 1.9 * Math.sqrt(c.mentions.length) + dot * 0.4));
  const touch = (a, b) => a !== b && Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius;
  spread();
  while (dot > 2.6 && clusters.some((a) => clusters.some((b) => touch(a, b)))) {
    dot *= 0.92;
    spread();
  }
  const taken = clusters.map((c) => [c.x - c.radius, c.y - c.radius, c.x + c.radius, c.y + c.radius]);
  const labels = clusters.map((cluster) => placeLabel(cluster, taken, width, height));
  land.append(...countryNames(outlines, path, taken, width, height));
  for (const cluster of clusters) svg.append(drawCluster(cluster, dot));
  labels.forEach((label, i) => svg.append(drawLabel(label, clusters[i], choosePlace)));
  root.replaceChildren(svg);
  moveByArrows(svg);
}

function project(width, height, outlines) {
  const [lat, lon, radius] = data.view;
  if (radius === null) {
    return vendor.geoEqualEarth().fitExtent([[4, 4], [width - 4, height - 4]], outlines);
  }
  const ring = [0, 90, 180, 270].map((angle) => {
    const rad = (angle * Math.PI) / 180;
    const squeeze = Math.max(0.1, Math.cos((lat * Math.PI) / 180));
    return [lon + (radius * Math.sin(rad)) / squeeze, Math.max(-89, Math.min(89, lat + radius * Math.cos(rad)))];
  });
  return vendor
    .geoAzimuthalEqualArea()
    .rotate([-lon, -lat])
    .clipAngle(Math.min(120, radius * 6))
    .fitExtent([[width * 0.09, 40], [width * 0.91, height - 40]], { type: "MultiPoint", coordinates: ring })
    .clipExtent([[-2, -2], [width + 2, height + 2]]);
}

function gather(wanted, projection) {
  const inView = new Set(data.inView);
  const byPlace = new Map();
  for (const number of wanted) {
    for (const place of data.mentions[number].places) {
      if (!inView.has(place)) continue;
      if (!byPlace.has(place)) byPlace.set(place, []);
      byPlace.get(place).push(number);
    }
  }
  return [...byPlace]
    .map(([place, mentions]) => {
      const [x, y] = projection([data.places[place].lon, data.places[place].lat]);
      mentions.sort((a, b) => data.mentions[a].colour - data.mentions[b].colour || a - b);
      return { place, mentions, x, y };
    })
    .sort((a, b) => b.mentions.length - a.mentions.length);
}

function drawCluster(cluster, dot) {
  const group = shape("g", {}, shape("circle", { class: "halo", cx: cluster.x, cy: cluster.y, r: cluster.radius + 1.5 }));
  cluster.mentions.forEach((number, i) => {
    const reach = dot * 1.9 * Math.sqrt(i + 0.35);
    const cx = cluster.x + reach * Math.cos(i * TURN);
    const cy = cluster.y + reach * Math.sin(i * TURN);
    const open = markClass(data.mentions[number]).includes("open");
    const cross = data.mentions[number].modality === "denied" ? shape("path", { class: "cross", d: `M${cx - dot * 0.7} ${cy + dot * 0.7}L${cx + dot * 0.7} ${cy - dot * 0.7}` }) : null;
    group.append(makeMark(number, shape("circle", { cx, cy, r: open ? dot - 0.6 : dot }), cross));
  });
  return group;
}

// A label goes right, left, below or above its disc, wherever it hides nothing; the last resort is to leave it out.
function placeLabel(cluster, taken, width, height) {
  const words = `${data.places[cluster.place].name} ${cluster.mentions.length}`;
  const wide = words.length * 7.2 + 6;
  const { x, y, radius } = cluster;
  const spots = [
    [x + radius + 5, y + 5, "start", x + radius + 4],
    [x - radius - 5, y + 5, "end", x - radius - 4 - wide],
    [x, y + radius + 15, "middle", x - wide / 2],
    [x, y - radius - 6, "middle", x - wide / 2],
  ];
  for (const [lx, ly, anchor, west] of spots) {
    const box = [west, ly - 12, west + wide, ly + 4];
    const free = box[0] > 0 && box[1] > 0 && box[2] < width && box[3] < height && !taken.some((other) => meets(box, other));
    if (free) {
      taken.push(box);
      return { x: lx, y: ly, anchor };
    }
  }
  return null;
}

function meets(a, b) {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}

function drawLabel(label, cluster, choosePlace) {
  if (!label) return "";
  const name = data.places[cluster.place].name;
  const text = shape(
    "text",
    { class: "town", x: label.x, y: label.y, "text-anchor": label.anchor, role: "button", tabindex: 0, "aria-label": `Show ${name} alone, ${cluster.mentions.length} mentions` },
    name,
    shape("tspan", { class: "count", dx: 5 }, cluster.mentions.length)
  );
  const choose = () => choosePlace(cluster.place);
  text.addEventListener("click", choose);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      choose();
      event.preventDefault();
    }
  });
  return text;
}

function countryNames(outlines, path, taken, width, height) {
  const found = [];
  for (const country of outlines.features) {
    const name = country.properties.name;
    const [x, y] = path.centroid(country);
    const wide = name.length * 9;
    if (!(path.area(country) > wide * 60)) continue;
    const box = [x - wide / 2, y - 12, x + wide / 2, y + 4];
    if (box[0] < 0 || box[2] > width || box[1] < 0 || box[3] > height || taken.some((other) => meets(box, other))) continue;
    taken.push(box);
    found.push(shape("text", { class: "country", x, y, "text-anchor": "middle" }, name));
  }
  return found;
}
