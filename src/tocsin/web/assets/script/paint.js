// Marks in a text: by the CSS Custom Highlight API, which changes no element; where there is none, by <mark>.

// The earlier a layer stands here, the further below it lies.
const ORDER = [
  "now-sentence", "all-demand", "all-actor", "all-speaker", "all-hedge", "all-place", "all-number", "all-trigger",
  "now-demand", "now-actor", "now-hedge", "now-speaker", "now-place", "now-number", "now-trigger", "now-field", "now-chosen",
];

export function painter(pane) {
  return "highlights" in CSS && typeof Highlight === "function" ? new Highlights(pane) : new Marks(pane);
}

class Highlights {
  constructor(pane) {
    this.pane = pane;
  }

  set(layer, spans) {
    const highlight = new Highlight();
    highlight.priority = ORDER.indexOf(layer);
    for (const [start, end] of spans) {
      const [startContainer, startOffset] = this.pane.point(start);
      const [endContainer, endOffset] = this.pane.point(end);
      highlight.add(new StaticRange({ startContainer, startOffset, endContainer, endOffset }));
    }
    CSS.highlights.set(layer, highlight);
  }
}

class Marks {
  constructor(pane) {
    this.pane = pane;
    this.layers = new Map();
  }

  set(layer, spans) {
    const touched = new Set();
    for (const [start, end] of [...(this.layers.get(layer) ?? []), ...spans]) {
      for (let n = this.pane.blockAt(start); n <= this.pane.blockAt(Math.max(start, end - 1)); n++) touched.add(n);
    }
    this.layers.set(layer, spans);
    for (const number of touched) this.build(number);
  }

  // One <mark> for each stretch between two edges, with the names of all layers that cover it.
  build(number) {
    const { text, starts, blocks } = this.pane;
    const first = starts[number];
    const last = number + 1 < starts.length ? starts[number + 1] : text.length;
    const covering = [];
    const edges = new Set([first, last]);
    for (const layer of ORDER) {
      for (const [start, end] of this.layers.get(layer) ?? []) {
        if (start >= last || end <= first) continue;
        covering.push([layer, start, end]);
        edges.add(Math.max(start, first)).add(Math.min(end, last));
      }
    }
    const cuts = [...edges].sort((a, b) => a - b);
    const pieces = [];
    for (let i = 0; i + 1 < cuts.length; i++) {
      const names = covering.filter(([, start, end]) => start <= cuts[i] && end >= cuts[i + 1]).map(([layer]) => layer);
      const words = text.slice(cuts[i], cuts[i + 1]);
      if (!names.length) {
        pieces.push(words);
        continue;
      }
      const mark = document.createElement("mark");
      mark.className = [...new Set(names)].join(" ");
      mark.append(words);
      pieces.push(mark);
    }
    blocks[number].replaceChildren(...pieces);
  }
}
