// Keeps the countdowns true while a page stays open. The server wrote the same words; see mash/common/time_left.py.
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

function say(clock, before, left) {
  const label = clock.dataset.label ? `${clock.dataset.label}: ` : "";
  if (before >= 0 && left < 0) {
    announce(`${label}overdue now`);
    return;
  }
  const passed = spoken.find((mark) => before > mark * minute && left <= mark * minute);
  if (passed) {
    announce(`${label}${passed} minutes left`);
  }
}

function refresh(clock, now) {
  const left = Date.parse(clock.dataset.due) - now;
  const before = Number(clock.dataset.leftBefore ?? left);
  const state = stateOf(left);
  clock.querySelector("[data-left]").textContent = left < 0 ? `Overdue by ${span(-left)}` : `${span(left)} left`;
  clock.classList.remove("hub-clock--later", "hub-clock--soon", "hub-clock--overdue");
  clock.classList.add(`hub-clock--${state}`);
  say(clock, before, left);
  clock.dataset.leftBefore = String(left);
}

export function startClocks() {
  const clocks = [...document.querySelectorAll(".hub-clock[data-due]")];
  if (!clocks.length) {
    return;
  }
  // The page's time is the server's: a wrong clock on a desk must not move a deadline.
  const drawn = Date.parse(document.body.dataset.now ?? "");
  const offset = Number.isNaN(drawn) ? 0 : drawn - Date.now();
  const tick = () => clocks.forEach((clock) => refresh(clock, Date.now() + offset));
  tick();
  window.setInterval(tick, minute);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
}
