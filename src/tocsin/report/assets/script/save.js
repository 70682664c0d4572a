// Every chart as a file of its own, SVG or PNG: the looks of the page are written into a copy of it.
// Needs dom.js and, when a button is pressed, main.js.

const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "letter-spacing", "text-anchor", "paint-order", "vector-effect"];
const SHARPNESS = 2; // pixels of the PNG for each of the page

function chartFile(svg, caption) {
  const copy = svg.cloneNode(true);
  const originals = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((node, i) => {
    const style = getComputedStyle(originals[i]);
    for (const name of KEPT) node.setAttribute(name, style.getPropertyValue(name));
    for (const name of ["class", "role", "tabindex", "aria-label", "data-m"]) node.removeAttribute(name);
  });
  const { width, height } = svg.getBoundingClientRect();
  const box = (svg.getAttribute("viewBox") || `0 0 ${width} ${height}`).split(" ").map(Number);
  const unit = box[2] / width;
  const foot = 22 * unit;
  const words = { x: box[0] + 4 * unit, "font-size": 11 * unit, "font-family": "sans-serif", fill: getComputedStyle(document.body).color };
  copy.setAttribute("viewBox", [box[0], box[1] - foot, box[2], box[3] + 2 * foot].join(" "));
  copy.setAttribute("width", Math.round(width));
  copy.setAttribute("height", Math.round(height + (2 * foot) / unit));
  copy.prepend(
    shape("rect", { x: box[0], y: box[1] - foot, width: box[2], height: box[3] + 2 * foot, fill: getComputedStyle(document.body).backgroundColor }),
    shape("text", { ...words, y: box[1] - foot / 3, "font-weight": 700 }, caption),
    shape("text", { ...words, y: box[1] + box[3] + foot * 0.7 }, `${document.title}. Made with tocsin.`)
  );
  return { text: new XMLSerializer().serializeToString(copy), width: copy.getAttribute("width"), height: copy.getAttribute("height") };
}

function download(blob, name) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function saveChart(figure, format) {
  drawStale(true);
  const name = figure.dataset.chart.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const heading = figure.querySelector("figcaption") || figure.closest("section").querySelector("h2");
  const file = chartFile(figure.querySelector("svg"), heading.textContent.trim());
  const svg = new Blob([file.text], { type: "image/svg+xml" });
  if (format === "svg") return download(svg, `${name}.svg`);
  const picture = new Image();
  const address = URL.createObjectURL(svg);
  picture.onload = () => {
    const canvas = element("canvas", { width: file.width * SHARPNESS, height: file.height * SHARPNESS });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((png) => download(png, `${name}.png`), "image/png");
  };
  picture.src = address;
}

for (const figure of document.querySelectorAll("[data-chart]")) {
  const buttons = ["svg", "png"].map((format) => {
    const button = element("button", { type: "button", "aria-label": `Save ${figure.dataset.chart} as ${format.toUpperCase()}` }, format.toUpperCase());
    button.addEventListener("click", () => saveChart(figure, format));
    return button;
  });
  const chart = figure.querySelector("#timeline, #map, svg");
  chart.after(element("div", { class: "save" }, "Save as ", buttons));
}
