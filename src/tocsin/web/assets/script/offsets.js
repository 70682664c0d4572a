// The record counts code points, scripts count UTF-16 code units: from one to the other.
export class Offsets {
  constructor(text) {
    this.text = text;
    // Characters beyond the first plane take two code units; their places are listed once, for every question after.
    const wide = [];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code >= 0xd800 && code < 0xdc00) wide.push(at++);
    }
    this.wide = Int32Array.from(wide);
    this.length = text.length - wide.length;
  }

  // Code units before a code point.
  units(point) {
    // The wide character number i is code point number wide[i] - i.
    return point + this.count((i) => this.wide[i] - i < point);
  }

  // Code points before a code unit; in the middle of a character, those before that character.
  points(unit) {
    return unit - this.count((i) => this.wide[i] < unit);
  }

  // Whether a code unit lies in the middle of a character.
  splits(unit) {
    const at = this.count((i) => this.wide[i] < unit) - 1;
    return at >= 0 && this.wide[at] === unit - 1;
  }

  // How many wide characters there are before the first for which the condition no longer holds.
  count(holds) {
    let low = 0;
    let high = this.wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
