// A short list to choose from: by its digit or letter, by arrows, by mouse.
const HINTS = "123456789abcdefghilmnopqrstuvwyz";

// options: {words, value}; resolves to the value chosen, or null.
export function choose(title, options) {
  const menu = document.getElementById("menu");
  const before = document.activeElement;
  const heading = document.createElement("h2");
  heading.id = "menu-title";
  heading.append(title);
  const list = document.createElement("div");
  list.className = "options";
  const buttons = options.map(({ words }, i) => {
    const button = document.createElement("button");
    button.type = "button";
    const hint = document.createElement("kbd");
    hint.append(HINTS[i] ?? "·");
    button.append(hint, " ", words);
    return button;
  });
  list.append(...buttons);
  menu.replaceChildren(heading, list);
  return new Promise((resolve) => {
    let value = null;
    const take = (i) => {
      value = options[i].value;
      menu.close();
    };
    buttons.forEach((button, i) => button.addEventListener("click", () => take(i)));
    menu.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const now = buttons.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (step) buttons[(now + step + buttons.length) % buttons.length].focus();
      else if (HINTS.includes(event.key) && HINTS.indexOf(event.key) < buttons.length && event.key.length === 1) take(HINTS.indexOf(event.key));
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    menu.onclose = () => {
      before?.focus?.({ preventScroll: true });
      resolve(value);
    };
    menu.showModal();
    buttons[0]?.focus();
  });
}
