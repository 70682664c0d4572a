// The text of a document: shown exactly as it is stored, its spans marked, its words chosen by mouse or keyboard.
// All positions that come in and go out are code points, as in the record.
import { Offsets } from "./offsets.js";
import { painter } from "./paint.js";

const BLOCK = 500; // code units: enough lines at once that a long text has some hundreds of blocks, not tens of thousands
const WORDS = new Intl.Segmenter(undefined, { granularity: "word" });
const LETTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const FIRST_LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

export class Pane {
  // root: the element that holds the text; text: as the record has it.
  constructor(root, text) {
    this.root = root;
    this.text = text;
    this.offsets = new Offsets(text);
    this.starts = [];
    this.blocks = [];
    for (let at = 0; at < text.length; ) {
      const end = blockEnd(text, at);
      const block = document.createElement("span");
      block.className = "block";
      block.append(text.slice(at, end));
      this.starts.push(at);
      this.blocks.push(block);
      at = end;
    }
    root.replaceChildren(...this.blocks);
    this.paint = painter(this);
  }

  // Mark what belongs to an owner, in the place of what did: each mark is [layer, start, end].
  mark(owner, marks) {
    this.paint.set(owner, marks.map(([layer, start, end]) => [layer, this.offsets.units(start), this.offsets.units(end)]));
  }

  // Number of the block that holds a code unit.
  blockAt(unit) {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= unit) low = middle;
      else high = middle;
    }
    return low;
  }

  // Text node and offset of a code unit.
  point(unit) {
    const number = this.blockAt(unit);
    let left = unit - this.starts[number];
    const walk = document.createTreeWalker(this.blocks[number], NodeFilter.SHOW_TEXT);
    let node = walk.nextNode();
    while (left > node.data.length) {
      left -= node.data.length;
      node = walk.nextNode();
    }
    return [node, left];
  }

  range(start, end) {
    const range = document.createRange();
    range.setStart(...this.point(this.offsets.units(start)));
    range.setEnd(...this.point(this.offsets.units(end)));
    return range;
  }

  // Code unit of a place in the page; what lies before the text is its start, what lies behind it its end.
  unitOf(node, offset) {
    const range = document.createRange();
    range.setStart(this.root, 0);
    range.setEnd(this.root, this.root.childNodes.length);
    if (range.comparePoint(node, offset) < 0) return 0;
    if (range.comparePoint(node, offset) > 0) return this.text.length;
    if (node === this.root) return offset < this.starts.length ? this.starts[offset] : this.text.length;
    const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".block");
    range.setStart(block, 0);
    range.setEnd(node, offset);
    return this.starts[this.blocks.indexOf(block)] + range.toString().length;
  }

  // The words chosen now, {start, end, quote} in code points, or null. Half a character counts as the whole of it.
  chosen() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.root)) return null;
    const start = this.unitOf(range.startContainer, range.startOffset);
    const end = this.unitOf(range.endContainer, range.endOffset);
    return this.span(start, this.offsets.splits(end) ? end + 1 : end);
  }

  span(startUnit, endUnit) {
    const start = this.offsets.points(startUnit);
    const end = this.offsets.points(endUnit);
    if (start >= end) return null;
    return { start, end, quote: this.text.slice(this.offsets.units(start), this.offsets.units(end)) };
  }

  choose(start, end) {
    const range = this.range(start, end);
    document.getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    this.show(start, end);
  }

  // Bring words into view, if they are not.
  show(start, end) {
    const view = this.root.parentElement;
    const place = this.range(start, end).getBoundingClientRect();
    const frame = view.getBoundingClientRect();
    if (place.top < frame.top + 24 || place.bottom > frame.bottom - 24) view.scrollTop += place.top - frame.top - frame.height * 0.3;
  }

  // Code point under a point of the screen, or null.
  hit(x, y) {
    let at = null;
    if (document.caretPositionFromPoint) {
      const caret = document.caretPositionFromPoint(x, y);
      if (caret) at = [caret.offsetNode, caret.offset];
    } else if (document.caretRangeFromPoint) {
      const caret = document.caretRangeFromPoint(x, y);
      if (caret) at = [caret.startContainer, caret.startOffset];
    }
    return at && this.root.contains(at[0]) ? this.offsets.points(this.unitOf(...at)) : null;
  }

  // Every place of some words, as spans: whole words only where the words begin or end with a letter or digit.
  occurrences(words) {
    const found = [];
    const letter = /[\p{L}\p{N}]/u;
    for (let at = this.text.indexOf(words); words && at >= 0; at = this.text.indexOf(words, at + words.length)) {
      const before = [...this.text.slice(Math.max(0, at - 2), at)].pop() ?? "";
      const after = [...this.text.slice(at + words.length, at + words.length + 2)][0] ?? "";
      const cut = (letter.test(before) && letter.test(words[0])) || (letter.test(after) && letter.test(words[words.length - 1]));
      if (!cut) found.push(this.span(at, at + words.length));
    }
    return found;
  }

  // Move what is chosen by a word or a letter: "move" takes the next one, "end" and "start" push that side.
  step(what, forward, unit = "word") {
    const now = this.chosen() ?? { start: 0, end: 0 };
    let [start, end] = [this.offsets.units(now.start), this.offsets.units(now.end)];
    if (what === "end") end = this.next(end, forward, unit, false);
    if (what === "start") start = this.next(start, forward, unit, true);
    if (what === "move") {
      start = this.next(now.end > now.start ? start : start - 1, forward, unit, true);
      end = this.next(start, true, unit, false);
    }
    const span = start < end ? this.span(start, end) : null;
    if (span) this.choose(span.start, span.end);
  }

  // The next edge of a word (its beginning, or its end) or letter, in code units.
  next(from, forward, unit, beginning) {
    // A word is looked for within a window that is wide enough for any; a whole long text would be segmented at each key.
    const low = Math.max(0, from - 400);
    const window = this.text.slice(this.offsets.splits(low) ? low - 1 : low, from + 400);
    const base = this.offsets.splits(low) ? low - 1 : low;
    const edges = [];
    for (const part of (unit === "word" ? WORDS : LETTERS).segment(window)) {
      if (unit === "word" && !part.isWordLike && !/\S/.test(part.segment)) continue;
      edges.push(base + part.index + (beginning ? 0 : part.segment.length));
    }
    return (forward ? edges.find((edge) => edge > from) : edges.reverse().find((edge) => edge < from)) ?? from;
  }

  // Whether the line that holds a code point is read from right to left.
  fromRight(point) {
    const unit = this.offsets.units(point);
    const line = this.text.slice(this.text.lastIndexOf("\n", unit - 1) + 1, unit + 200);
    const first = FIRST_LETTER.exec(line);
    return first !== null && RIGHT_TO_LEFT.test(first[0]);
  }
}

// Lines are joined until a block is long enough; a block ends behind a line end or at the end of the text.
function blockEnd(text, at) {
  const line = text.indexOf("\n", at + BLOCK - 1);
  return line < 0 ? text.length : line + 1;
}
