// Keeps the countdowns true while a page stays open. The server wrote the same words; see common/time_left.py.
import { announce } from "./announce.js";

const minute = 60_000;
const spoken = [60, 30, 10];

function count(number, unit) {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}

export function span(milliseconds) {
  const minutes = Math.floor(milliseconds / minute);
  if (minutes < 1) {
    return "less than a minute";
  }
  const days = Math.floor(minutes / 1440);
  const hours = days >= 7 ? 0 : Math.floor((minutes % 1440) / 60);
  const parts = [[days, "day"], [hours, "hour"], [days ? 0 : minutes % 60, "minute"]];
  return parts.filter(([number]) => number).map(([number, unit]) => count(number, unit)).join(" ");
}

function stateOf(left) {
  if (left < 0) {
    return "overdue";
  }
  return left <= 60 * minute ? "soon" : "later";
}

function nameOf(clock) {
  const row = clock.closest("[data-row]")?.querySelector("[data-open]")?.textContent.trim();
  return [row, clock.dataset.label].filter(Boolean).join(", ");
}

// Only these passings are spoken; a reader who heard every minute would turn the page off.
function passing(clock, before, left) {
  const name = nameOf(clock) || "Deadline";
  if (before >= 0 && left < 0) {
    return `${name}: overdue now`;
  }
  const mark = spoken.find((minutes) => before > minutes * minute && left <= minutes * minute);
  return mark ? `${name}: ${mark} minutes left` : "";
}

function refresh(clock, now) {
  const left = Date.parse(clock.dataset.due) - now;
  const before = Number(clock.dataset.leftBefore ?? left);
  clock.querySelector("[data-left]").textContent = left < 0 ? `Overdue by ${span(-left)}` : `${span(left)} left`;
  clock.classList.remove("hub-clock--later", "hub-clock--soon", "hub-clock--overdue");
  clock.classList.add(`hub-clock--${stateOf(left)}`);
  clock.dataset.leftBefore = String(left);
  return passing(clock, before, left);
}

export function startClocks() {
  const clocks = [...document.querySelectorAll(".hub-clock[data-due]")];
  if (!clocks.length) {
    return;
  }
  // The page's time is the server's: a wrong clock on a desk must not move a deadline.
  const drawn = Date.parse(document.body.dataset.now ?? "");
  const offset = Number.isNaN(drawn) ? 0 : drawn - Date.now();
  const tick = () => {
    const passed = clocks.map((clock) => refresh(clock, Date.now() + offset)).filter(Boolean);
    if (passed.length) {
      announce(passed.join(". "));
    }
  };
  tick();
  window.setInterval(tick, minute);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
}
