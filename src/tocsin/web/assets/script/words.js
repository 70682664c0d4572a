// Words chosen by arrow keys: an arrow takes the next word, shift adds to the end, alt moves the front; with ctrl, letters.

// Whether the key moved what is chosen.
export function stepWords(pane, event) {
  const { key } = event;
  if (!["ArrowLeft", "ArrowRight"].includes(key)) return false;
  const now = pane.chosen();
  const reversed = now !== null && pane.fromRight(now.start);
  const forward = (key === "ArrowRight") !== reversed;
  const what = event.altKey ? "start" : event.shiftKey ? "end" : "move";
  pane.step(what, forward, event.ctrlKey ? "letter" : "word");
  return true;
}
