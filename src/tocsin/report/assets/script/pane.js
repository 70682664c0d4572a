// The pane: one mention with its claims, and the text it comes from with the words marked.
// Needs dom.js.

const pane = document.getElementById("pane");
const paneBody = document.getElementById("pane-body");
let current = null; // number of the mention shown, null where a whole document is
let opener = null; // what had the focus before
let order = data.mentions.map((_, number) => number); // what the two arrows walk through

function openMention(number, claim, from) {
  const mention = data.mentions[number];
  if (!mention) return;
  current = number;
  const source = data.documents[mention.d];
  document.getElementById("pane-short").textContent = [mention.kind, mention.where].filter(Boolean).join(", ");
  paneBody.replaceChildren(
    paneHead(mention),
    claimList(mention, claim),
    factList(mention),
    sourceHead(source),
    markedText(source.text, paneMarks(mention, claim))
  );
  show(from);
  const target = paneBody.querySelector("mark.quote") || paneBody.querySelector("mark.trigger") || paneBody.querySelector("mark");
  paneBody.scrollTop = 0;
  if (target) {
    // In the middle of the pane, but never so far that the head of the mention is gone where both fit.
    const down = target.getBoundingClientRect().bottom - paneBody.getBoundingClientRect().bottom + paneBody.clientHeight / 3;
    if (down > paneBody.clientHeight / 3) paneBody.scrollTop = down;
  }
  history.replaceState(null, "", `#m${number}${claim === null ? "" : `c${claim}`}`);
}

function openDocument(number, from) {
  current = null;
  const source = data.documents[number];
  const marks = data.mentions
    .filter((mention) => mention.d === number)
    .flatMap((mention) => mention.evidence.map(([, trigger]) => [trigger, "trigger"]));
  const head = sourceHead(source);
  document.getElementById("pane-short").textContent = "";
  head.querySelector("h3").id = "pane-h";
  paneBody.replaceChildren(head, markedText(source.text, marks));
  show(from);
  paneBody.scrollTop = 0;
}

function show(from) {
  if (!pane.open) {
    opener = from;
    // Beside the page there is room to go on choosing; on a phone the pane takes the whole screen and the focus.
    if (matchMedia("(min-width: 900px)").matches) pane.show();
    else pane.showModal();
    document.body.classList.add("beside-pane");
  }
  const at = order.indexOf(current);
  document.getElementById("earlier").disabled = at <= 0;
  document.getElementById("later").disabled = at < 0 || at >= order.length - 1;
  for (const row of document.querySelectorAll(".chosen")) row.classList.remove("chosen");
  for (const row of document.querySelectorAll(`[data-row="${current}"], .mark[data-m="${current}"]`)) row.classList.add("chosen");
  paneBody.focus({ preventScroll: true });
}

function hide() {
  pane.close();
}

pane.addEventListener("close", () => {
  document.body.classList.remove("beside-pane");
  for (const row of document.querySelectorAll(".chosen")) row.classList.remove("chosen");
  history.replaceState(null, "", location.pathname + location.search);
  if (opener && opener.isConnected) opener.focus({ preventScroll: true });
});

function paneHead(mention) {
  const told = mention.modality === "occurred" ? null : element("span", { class: `tag told-${mention.modality}` }, mention.told);
  const scope = mention.scope === "single" ? null : element("span", { class: "tag" }, mention.scopeWords);
  const context = mention.context === null ? null : contextLine(mention.context);
  return element(
    "div",
    { class: `head colour-${mention.colour}` },
    element("h2", { id: "pane-h" }, mention.kind, mention.form ? element("span", { class: "form" }, `, ${mention.form}`) : null),
    element("p", { class: "line" }, element("bdi", {}, mention.where || "place not given"), " · ", mention.when, " ", told, " ", scope),
    mention.start || mention.end ? element("p", { class: "basis" }, `The day is ${mention.basis}.`) : null,
    context
  );
}

function contextLine(number) {
  const other = data.mentions[number];
  const button = element("button", { type: "button", class: "text" }, `${other.kind}, ${other.where || "place not given"}, ${other.when}`);
  button.addEventListener("click", () => openMention(number, null, opener));
  return element("p", { class: "basis" }, "Within or because of: ", button);
}

function claimList(mention, chosen) {
  if (!mention.claims.length) return element("p", { class: "none" }, "The report gives no figure. That is not zero.");
  return element(
    "ul",
    { class: "claims" },
    mention.claims.map((claim, number) => {
      const button = element(
        "button",
        { type: "button", class: `colour-${mention.colour}`, "aria-pressed": number === chosen ? "true" : "false" },
        element("b", {}, claim.shown),
        claim.counted ? ` ${claim.counted}` : ""
      );
      button.addEventListener("click", () => openMention(current, number, opener));
      const by = claim.by ? `said by ${claim.by}` : "in the report’s own words";
      const hedge = claim.hedge ? `, hedged: “${claim.hedge}”` : "";
      return element("li", {}, button, element("p", { dir: "auto" }, element("q", {}, claim.quote), ` – ${by}${hedge}`));
    })
  );
}

function factList(mention) {
  if (!mention.facts.length) return "";
  const text = data.documents[mention.d].text;
  const rows = mention.facts.map(([name, marks, words]) => {
    const quotes = marks.map(([start, end, quote]) => (start < 0 ? quote : text.slice(start, end)));
    return [element("dt", {}, name), element("dd", { dir: "auto" }, [...new Set(quotes), words].filter(Boolean).join("; "))];
  });
  return element("dl", {}, rows.flat());
}

function sourceHead(source) {
  const parts = [source.publisher, source.author, source.day].filter(Boolean).join(" · ");
  return element(
    "div",
    { class: "source" },
    element("p", { class: "line", dir: "auto" }, parts),
    element("h3", { dir: "auto" }, source.title),
    source.url ? element("p", { class: "address" }, source.url) : null
  );
}

function paneMarks(mention, claim) {
  const marks = [];
  for (const [sentence, trigger] of mention.evidence) marks.push([sentence, "evidence"], [trigger, "trigger"]);
  if (claim !== null && mention.claims[claim]) {
    const [quote, ...speakers] = mention.claims[claim].marks;
    marks.push([quote, "quote"], ...speakers.map((speaker) => [speaker, "speaker"]));
  }
  return marks;
}

// Marks may overlap: the text is cut wherever one begins or ends, and each piece gets the classes that cover it.
function markedText(text, marks) {
  const placed = marks.filter(([[start]]) => start >= 0);
  const cuts = [...new Set([0, text.length, ...placed.flatMap(([[start, end]]) => [start, end])])].sort((a, b) => a - b);
  const body = element("div", { class: "body", dir: "auto" });
  for (let i = 0; i + 1 < cuts.length; i++) {
    const piece = text.slice(cuts[i], cuts[i + 1]);
    const classes = new Set(placed.filter(([[start, end]]) => start <= cuts[i] && end >= cuts[i + 1]).map(([, name]) => name));
    body.append(classes.size ? element("mark", { class: [...classes].join(" ") }, piece) : piece);
  }
  return body;
}
