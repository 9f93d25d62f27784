// Keys of a worklist: j and k move, Enter opens, a takes the row, / goes to the search, ? lists them. <body data-keys="off"> turns them off.
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

export function startKeys() {
  const list = document.querySelector("[data-worklist]");
  if (!list || document.body.dataset.keys === "off") {
    return;
  }
  const help = document.querySelector("[data-keys-help]");
  const rows = () => [...list.querySelectorAll("[data-row]")];
  const deeds = {
    "/": () => document.querySelector("[data-search]")?.focus(),
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
    if (!deed || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    event.preventDefault();
    deed();
  });
}
