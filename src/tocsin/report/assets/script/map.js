// The map: each mention a dot, gathered in a spiral around its place, over the outlines of the countries in view.
// Needs dom.js, marks.js and vendor (d3-geo, topojson-client).

const TURN = Math.PI * (3 - Math.sqrt(5)); // the golden angle: dots fill a disc evenly, whatever their number
const WIDEST = 62; // no place's disc grows beyond this radius; its dots get smaller instead
let ground = null; // projection and outlines of the last width: filters change the dots alone

function drawMap(root, wanted, choosePlace) {
  const width = Math.floor(root.clientWidth);
  const height = Math.round(Math.min(560, Math.max(width * 0.62, Math.min(width, 360))));
  const fresh = !ground || ground.width !== width;
  if (fresh) ground = drawGround(width, height);
  const svg = shape("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "map", role: "group", "aria-label": "Mentions by place" });
  svg.append(ground.land);

  const clusters = gather(wanted, ground.projection);
  const dot = spread(clusters);
  const taken = clusters.map((c) => [c.x - c.radius, c.y - c.radius, c.x + c.radius, c.y + c.radius]);
  const labels = clusters.map((cluster) => placeLabel(cluster, taken, width, height));
  // Named once, around all dots: with fewer dots the names stay where they are.
  if (fresh) ground.land.append(...countryNames(ground.outlines, ground.path, taken, width, height));
  for (const cluster of clusters) svg.append(drawCluster(cluster, dot));
  labels.forEach((label, i) => svg.append(drawLabel(label, clusters[i], choosePlace)));
  root.replaceChildren(svg);
  moveByArrows(svg);
}

function drawGround(width, height) {
  const outlines = vendor.feature(data.outlines, data.outlines.objects.countries);
  const projection = project(width, height, outlines);
  const path = vendor.geoPath(projection).digits(1);
  const land = shape("g", { "aria-hidden": "true" });
  for (const country of outlines.features) {
    const line = path(country);
    if (line) land.append(shape("path", { class: "land", d: line }));
  }
  const borders = path(vendor.mesh(data.outlines, data.outlines.objects.countries, (a, b) => a !== b));
  if (borders) land.append(shape("path", { class: "border", d: borders }));
  return { width, outlines, projection, path, land };
}

// Gives each cluster its radius and returns that of a dot: as large as lets the clusters stay apart, where that can be.
function spread(clusters) {
  const most = Math.max(1, ...clusters.map((cluster) => cluster.mentions.length));
  let dot = Math.max(1.3, Math.min(4.6, WIDEST / (1.9 * Math.sqrt(most))));
  const touch = (a, b) => a !== b && Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius;
  for (;;) {
    for (const c of clusters) c.radius = dot * 1.9 * Math.sqrt(c.mentions.length) + dot * 0.4;
    if (dot <= 1.8 || !clusters.some((a) => clusters.some((b) => touch(a, b)))) return dot;
    dot *= 0.92;
  }
}

function project(width, height, outlines) {
  const [lat, lon, radius] = data.view;
  if (radius === null) {
    return vendor.geoEqualEarth().fitExtent([[4, 4], [width - 4, height - 4]], outlines);
  }
  const squeeze = Math.max(0.1, Math.cos((lat * Math.PI) / 180));
  const ring = [[0, 1], [1, 0], [0, -1], [-1, 0]].map(([east, north]) => [
    lon + (radius * east) / squeeze,
    Math.max(-89, Math.min(89, lat + radius * north)),
  ]);
  return vendor
    .geoAzimuthalEqualArea()
    .rotate([-lon, -lat])
    .clipAngle(Math.min(120, radius * 6))
    .fitExtent([[width * 0.08, 36], [width * 0.92, height - 36]], { type: "MultiPoint", coordinates: ring })
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

// A country's name stands where it lies wholly within the country and hides nothing, as near to its middle as can be.
function countryNames(outlines, path, taken, width, height) {
  if (data.view[2] === null) return [];
  const found = [];
  const canvas = document.createElement("canvas").getContext("2d");
  for (const country of outlines.features) {
    const name = country.properties.name;
    const half = name.length * 4.7;
    if (!(path.area(country) > half * 100)) continue;
    const area = new Path2D(path(country));
    const within = (x, y) => canvas.isPointInPath(area, x, y);
    const [mx, my] = path.centroid(country);
    const spots = [];
    for (let x = half + 6; x < width - half - 6; x += 26) {
      for (let y = 20; y < height - 12; y += 24) spots.push([x, y]);
    }
    spots.sort((a, b) => Math.hypot(a[0] - mx, a[1] - my) - Math.hypot(b[0] - mx, b[1] - my));
    const spot = spots.find(([x, y]) => {
      const box = [x - half - 6, y - 22, x + half + 6, y + 14];
      return !taken.some((other) => meets(box, other)) && within(x, y) && within(x - half, y - 4) && within(x + half, y - 4);
    });
    if (!spot) continue;
    const [x, y] = spot;
    taken.push([x - half, y - 12, x + half, y + 4]);
    found.push(shape("text", { class: "country", x, y, "text-anchor": "middle" }, name));
  }
  return found;
}
