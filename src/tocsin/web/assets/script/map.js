// A map: places as dots over the outlines of the countries in view. Needs vendor.min.js (d3-geo, topojson-client).
const SVG = "http://www.w3.org/2000/svg";
const WIDE = 640;

function shape(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// data: {points: [name, lat, lon, count, address?], view: [lat, lon, radius], outlines}
export function drawMap(root, data) {
  const vendor = window.vendor;
  const height = Math.round(WIDE * 0.62);
  const countries = data.outlines.objects.countries;
  const land = vendor.feature(data.outlines, countries);
  const projection = project(vendor, data.view, height, land);
  const path = vendor.geoPath(projection).digits(1);
  const svg = shape("svg", { viewBox: `0 0 ${WIDE} ${height}`, role: "img", "aria-label": `Map: ${data.points.map(([name]) => name).slice(0, 12).join(", ")}` });
  for (const country of land.features) {
    const line = path(country);
    if (line) svg.append(shape("path", { class: "land", d: line }));
  }
  const borders = path(vendor.mesh(data.outlines, countries, (a, b) => a !== b));
  if (borders) svg.append(shape("path", { class: "border", d: borders }));
  const most = Math.max(...data.points.map(([, , , count]) => count));
  const taken = [];
  for (const [name, lat, lon, count, address] of [...data.points].sort((a, b) => b[3] - a[3])) {
    const [x, y] = projection([lon, lat]) ?? [];
    if (!(x >= 0 && y >= 0 && x <= WIDE && y <= height)) continue;
    const radius = Math.max(3.5, 17 * Math.sqrt(count / most) * (data.points.length > 1 ? 1 : 0.4));
    const dot = shape("circle", { class: "dot", cx: x, cy: y, r: radius }, shape("title", {}, `${name}: ${count}`));
    svg.append(address ? link(address, name, dot) : dot);
    const box = [x + radius + 3, y - 8, x + radius + 9 + name.length * 7, y + 8];
    if (box[2] > WIDE || taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    svg.append(shape("text", { x: x + radius + 4, y: y + 4 }, name));
  }
  root.replaceChildren(svg);
}

function link(address, name, dot) {
  const anchor = shape("a", { href: address, "aria-label": `Only ${name}` });
  anchor.append(dot);
  return anchor;
}

function project(vendor, [lat, lon, radius], height, land) {
  if (radius === null) return vendor.geoEqualEarth().fitExtent([[4, 4], [WIDE - 4, height - 4]], land);
  const squeeze = Math.max(0.1, Math.cos((lat * Math.PI) / 180));
  const ring = [[0, 1], [1, 0], [0, -1], [-1, 0]].map(([east, north]) => [lon + (radius * east) / squeeze, Math.max(-89, Math.min(89, lat + radius * north))]);
  return vendor
    .geoAzimuthalEqualArea()
    .rotate([-lon, -lat])
    .clipAngle(Math.min(120, radius * 6))
    .fitExtent([[WIDE * 0.1, 30], [WIDE * 0.9, height - 30]], { type: "MultiPoint", coordinates: ring })
    .clipExtent([[-2, -2], [WIDE + 2, height + 2]]);
}

function drawAll() {
  for (const root of document.querySelectorAll("[data-map]:empty")) drawMap(root, JSON.parse(root.dataset.map));
}

drawAll();
document.addEventListener("htmx:afterSettle", drawAll);
