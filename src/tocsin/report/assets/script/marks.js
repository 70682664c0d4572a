// What marks of the timeline and the map share: their name, their looks by modality, opening, and moving by arrow key.
// Needs dom.js.

function markName(mention) {
  const told = mention.modality === "occurred" ? "" : ` (${mention.told})`;
  const first = mention.claims[0];
  const figure = first ? `: ${first.shown} ${first.counted}`.trimEnd() : "";
  return `${mention.kind}${told}, ${mention.where || "place not given"}, ${mention.when}${figure}`;
}

function markClass(mention) {
  const open = ["planned", "hypothetical", "denied"].includes(mention.modality) ? " open" : "";
  return `mark colour-${mention.colour}${open}`;
}

// A group of marks is one stop of the tab key; the arrow keys move within it, Enter and Space open.
function makeMark(number, ...shapes) {
  const mention = data.mentions[number];
  return shape(
    "g",
    { class: markClass(mention), role: "button", tabindex: -1, "data-m": number, "aria-label": markName(mention) },
    ...shapes
  );
}

// The words beside the pointer are made when it comes: thousands of marks open sooner without.
document.addEventListener("pointerover", (event) => {
  const mark = event.target.closest("svg .mark");
  if (mark && !mark.querySelector("title")) mark.prepend(shape("title", {}, mark.getAttribute("aria-label")));
});

function moveByArrows(root) {
  const marks = () => [...root.querySelectorAll(".mark:not([hidden])")];
  const enter = (mark) => {
    for (const other of root.querySelectorAll('.mark[tabindex="0"]')) other.setAttribute("tabindex", -1);
    mark.setAttribute("tabindex", 0);
  };
  const first = marks()[0];
  if (first) enter(first);
  // A mark is a small thing to hit with a finger: what misses all of them means the nearest, if it is near.
  root.addEventListener("click", (event) => {
    if (event.target.closest(".mark, .town")) return;
    const distance = (mark) => {
      const box = mark.getBoundingClientRect();
      const across = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
      return Math.hypot(across, Math.max(box.top - event.clientY, 0, event.clientY - box.bottom));
    };
    const near = marks().map((mark) => [distance(mark), mark]).sort((a, b) => a[0] - b[0])[0];
    if (near && near[0] < 18) openMention(Number(near[1].dataset.m), null, near[1]);
  });
  root.addEventListener("focusin", (event) => {
    const mark = event.target.closest(".mark");
    if (mark) enter(mark);
  });
  root.addEventListener("keydown", (event) => {
    const mark = event.target.closest(".mark");
    if (!mark) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      const all = marks();
      const next = all[all.indexOf(mark) + step];
      if (next) next.focus();
      event.preventDefault();
    } else if (event.key === "Enter" || event.key === " ") {
      openMention(Number(mark.dataset.m), null, mark);
      event.preventDefault();
    }
  });
}
