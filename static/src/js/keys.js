// Keys of a worklist: j and k move, Enter opens, a takes the row, / goes to the search, ? lists them.
// Whoever dictates to the computer can turn them off (WCAG 2.1.4): the switch under each list is remembered in the browser.
function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function move(rows, step) {
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  next?.querySelector("[data-open]")?.focus();
}

function claim(rows) {
  const row = rows.find((one) => one.contains(document.activeElement));
  row?.querySelector("[data-claim] button, button[data-claim]")?.click();
}

const remembered = "hub-keys";

function areOff() {
  return window.localStorage.getItem(remembered) === "off";
}

function startSwitch() {
  const button = document.querySelector("[data-keys-switch]");
  const word = () => {
    button.textContent = areOff() ? "Turn the keys on" : "Turn the keys off";
  };
  if (button) {
    word();
    button.addEventListener("click", () => {
      window.localStorage.setItem(remembered, areOff() ? "on" : "off");
      word();
    });
  }
}

function focusSearch() {
  const fields = [...document.querySelectorAll("[data-search]")];
  (fields.find((one) => one.closest("main")) ?? fields[0])?.focus();
}

function startSearchKey() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || areOff() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    event.preventDefault();
    focusSearch();
  });
}

export function startKeys() {
  startSearchKey();
  const list = document.querySelector("[data-worklist]");
  if (!list) {
    return;
  }
  startSwitch();
  const help = document.querySelector("[data-keys-help]");
  const rows = () => [...list.querySelectorAll("[data-row]")];
  const deeds = {
    "?": () => {
      if (help) {
        help.open = !help.open;
        help.querySelector("summary")?.focus();
      }
    },
    a: () => claim(rows()),
    j: () => move(rows(), 1),
    k: () => move(rows(), -1),
  };
  document.addEventListener("keydown", (event) => {
    const deed = deeds[event.key];
    if (!deed || areOff() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    event.preventDefault();
    deed();
  });
}
