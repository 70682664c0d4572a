// Marks in a text: by the CSS Custom Highlight API, which changes no element; where there is none, by <mark>.

// The earlier a layer stands here, the further below it lies.
const ORDER = [
  "now-sentence", "all-demand", "all-actor", "all-speaker", "all-hedge", "all-place", "all-number", "all-trigger",
  "now-demand", "now-actor", "now-hedge", "now-speaker", "now-place", "now-number", "now-trigger", "now-field", "now-chosen",
];

export function painter(pane) {
  return "highlights" in CSS && typeof Highlight === "function" ? new Highlights(pane) : new Marks(pane);
}

// Marks belong to an owner (a mention, or what is at hand), so that one changes without the others being touched.
class Highlights {
  constructor(pane) {
    this.pane = pane;
    this.owned = new Map();
    this.layers = new Map();
    ORDER.forEach((layer, i) => {
      const highlight = new Highlight();
      highlight.priority = i;
      this.layers.set(layer, highlight);
      CSS.highlights.set(layer, highlight);
    });
  }

  set(owner, marks) {
    for (const [layer, range] of this.owned.get(owner) ?? []) this.layers.get(layer).delete(range);
    const fresh = marks.map(([layer, start, end]) => {
      const [startContainer, startOffset] = this.pane.point(start);
      const [endContainer, endOffset] = this.pane.point(end);
      return [layer, new StaticRange({ startContainer, startOffset, endContainer, endOffset })];
    });
    for (const [layer, range] of fresh) this.layers.get(layer).add(range);
    this.owned.set(owner, fresh);
  }
}

class Marks {
  constructor(pane) {
    this.pane = pane;
    this.owned = new Map();
    this.touched = new Set();
  }

  set(owner, marks) {
    for (const [, start, end] of [...(this.owned.get(owner) ?? []), ...marks]) {
      for (let n = this.pane.blockAt(start); n <= this.pane.blockAt(Math.max(start, end - 1)); n++) this.touched.add(n);
    }
    this.owned.set(owner, marks);
    // Built once for all that changes in one go, before anything is painted.
    if (this.touched.size && !this.waiting) {
      this.waiting = true;
      queueMicrotask(() => {
        const all = [...this.owned.values()].flat();
        for (const number of this.touched) this.build(number, all);
        this.touched.clear();
        this.waiting = false;
      });
    }
  }

  // One <mark> for each stretch between two edges, with the names of all layers that cover it.
  build(number, all) {
    const { text, starts, blocks } = this.pane;
    const first = starts[number];
    const last = number + 1 < starts.length ? starts[number + 1] : text.length;
    const covering = all.filter(([, start, end]) => start < last && end > first);
    const cuts = [...new Set([first, last, ...covering.flatMap(([, start, end]) => [Math.max(start, first), Math.min(end, last)])])];
    cuts.sort((a, b) => a - b);
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
