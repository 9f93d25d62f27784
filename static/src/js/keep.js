// Keeps what is typed into a form while it is typed, on the server and for its author alone, and offers it again.
// Works on every form of a page that says who opened it; <form data-keep="no"> is left alone.
const saveUrl = "/typed/save/";
const hereUrl = "/typed/here/";
const pause = 2_000;
const retry = 5_000;
const minute = 60_000;
const moment = 120; // seconds

const typed = "textarea, select, input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=file])";

function formsToKeep() {
  return [...document.querySelectorAll("form[method=post]")].filter(
    (form) =>
      form.dataset.keep !== "no" &&
      form.elements.namedItem("typed_by") &&
      form.querySelector(typed) &&
      !form.querySelector("input[type=password]"),
  );
}

function addressOf(form) {
  return new URL(form.getAttribute("action") || location.pathname, location.href).pathname;
}

function fieldsOf(form) {
  return [...new FormData(form)].filter(([, value]) => typeof value === "string");
}

function bodyOf(form) {
  const body = new FormData();
  body.set("typed_by", form.elements.namedItem("typed_by").value);
  body.set("page", location.pathname);
  body.set("action", addressOf(form));
  body.set("title", document.title.split(" – ")[0]);
  body.set("membership", document.querySelector("[data-membership]")?.dataset.membership ?? "");
  body.set("fields", JSON.stringify(fieldsOf(form)));
  return body;
}

function statusOf(form) {
  let place = form.querySelector("[data-keep-status]");
  if (!place) {
    place = document.createElement("p");
    place.className = "govuk-body-s hub-keep-status hub-no-print";
    place.setAttribute("role", "status");
    place.dataset.keepStatus = "";
    form.append(place);
  }
  return place;
}

function say(form, words, link) {
  const place = statusOf(form);
  place.textContent = words;
  if (link) {
    const anchor = document.createElement("a");
    anchor.className = "govuk-link";
    anchor.href = link.href;
    anchor.target = "_blank";
    anchor.rel = "noopener";
    anchor.textContent = link.words;
    place.append(" ", anchor);
  }
}

let heard = () => {};

function watch(form) {
  let timer = 0;
  let dirty = false;
  let last = "";
  let sending = null;

  const save = async () => {
    window.clearTimeout(timer);
    if (!dirty || sending || form.dataset.sent) {
      return;
    }
    dirty = false;
    sending = new AbortController();
    let again = 0;
    try {
      const answer = await fetch(saveUrl, { body: bodyOf(form), credentials: "same-origin", method: "POST", signal: sending.signal });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      const told = await answer.json();
      last = told.at;
      if (told.signed_in) {
        heard();
        say(form, `Kept as you typed it at ${last}. It is not sent yet.`);
      } else {
        say(form, `You are signed out. What you typed is kept (${last}).`, { href: "/typed/", words: "Sign in again in a new tab to find it" });
      }
    } catch {
      dirty = true;
      again = retry;
      if (!form.dataset.sent) {
        say(form, `No connection: what you typed since ${last || "you began"} is only on this page. The hub tries again.`);
      }
    }
    sending = null;
    form.dataset.keepState = dirty ? "typing" : "kept";
    if (dirty && !form.dataset.sent) {
      timer = window.setTimeout(save, again);
    }
  };

  const touched = () => {
    dirty = true;
    form.dataset.keepState = "typing";
    window.clearTimeout(timer);
    timer = window.setTimeout(save, pause);
  };
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("focusout", save);
  window.addEventListener("online", save);
  form.addEventListener("submit", () => {
    form.dataset.sent = "1";
    window.clearTimeout(timer);
    sending?.abort();
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && (dirty || sending) && !form.dataset.sent) {
      navigator.sendBeacon(saveUrl, bodyOf(form));
    }
  });
}

function isThere(form, pairs) {
  const held = fieldsOf(form).map(([name, value]) => `${name}\n${value.replaceAll("\r", "")}`);
  return pairs.every(([name, value]) => !value.trim() || held.includes(`${name}\n${value.replaceAll("\r", "")}`));
}

function fits(form, pairs) {
  return pairs.every(([name, value]) => !value.trim() || form.elements.namedItem(name));
}

function fill(form, pairs) {
  const names = new Set(pairs.map(([name]) => name));
  for (const control of form.elements) {
    if (!names.has(control.name) || control.type === "hidden") {
      continue;
    }
    const values = pairs.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "checkbox" || control.type === "radio") {
      if (control.checked !== values.includes(control.value)) {
        control.click();
      }
    } else {
      control.value = values[0];
    }
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function cameFromHere() {
  return document.referrer !== "" && new URL(document.referrer).pathname === location.pathname;
}

function offer(text, form) {
  const banner = document.createElement("div");
  banner.className = "govuk-inset-text hub-no-print hub-keep-offer";
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = `You typed on this page on ${text.at} and did not send it.`;
  banner.append(words);
  const see = document.createElement("a");
  see.className = "govuk-link";
  see.href = `/typed/${text.place}/`;
  see.textContent = "See it, put it back or throw it away";
  if (form && fits(form, text.pairs)) {
    const back = document.createElement("button");
    back.type = "button";
    back.className = "govuk-button govuk-button--secondary";
    back.textContent = "Put it back";
    back.addEventListener("click", () => {
      fill(form, text.pairs);
      banner.remove();
      form.scrollIntoView();
    });
    banner.append(back, document.createElement("br"));
  }
  banner.append(see);
  document.getElementById("main-content")?.prepend(banner);
}

async function offerWhatIsKept(forms) {
  try {
    const answer = await fetch(`${hereUrl}?page=${encodeURIComponent(location.pathname)}`, { credentials: "same-origin", redirect: "error" });
    // The latest comes first, and each offer is put before the others: the latest stands on top in the end.
    for (const text of (await answer.json()).texts.reverse()) {
      const form = forms.find((one) => addressOf(one) === text.action);
      if (form && fits(form, text.pairs) && text.seconds < moment && cameFromHere()) {
        fill(form, text.pairs); // Another form of this page was sent: what was typed into this one stays.
      } else if (!form || !isThere(form, text.pairs)) {
        offer(text, form);
      }
    }
  } catch {
    // Nobody is signed in, or there is no connection: the page works as it is.
  }
}

function warnBeforeTheEnd(minutes) {
  let timer = 0;
  const banner = document.createElement("div");
  banner.className = "govuk-inset-text hub-no-print hub-keep-warning";
  banner.setAttribute("role", "alert");
  const warn = () => {
    banner.textContent = "You will be signed out in five minutes, because nothing has happened here. What you typed is kept. ";
    const stay = document.createElement("button");
    stay.type = "button";
    stay.className = "govuk-button govuk-button--secondary";
    stay.textContent = "Stay signed in";
    stay.addEventListener("click", async () => {
      const answer = await fetch(hereUrl, { credentials: "same-origin", redirect: "manual" });
      if (answer.ok) {
        heard();
      }
    });
    banner.append(stay);
    document.body.prepend(banner);
  };
  heard = () => {
    banner.remove();
    window.clearTimeout(timer);
    timer = window.setTimeout(warn, (minutes - 5) * minute);
  };
  heard();
}

function warnBeforeTheLimit(ends) {
  const warn = () => {
    const banner = document.createElement("div");
    banner.className = "govuk-inset-text hub-no-print hub-keep-warning";
    banner.setAttribute("role", "alert");
    const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" }).format(ends);
    banner.textContent = `You will be signed out at ${time}: nobody stays signed in for longer than a long shift. What you type is kept. Sign out and in again before, to go on without a break.`;
    document.body.prepend(banner);
  };
  const wait = ends - Date.now() - 15 * minute;
  if (wait < 2 ** 31) {
    window.setTimeout(warn, Math.max(wait, 0)); // A longer wait would ring at once.
  }
}

export function startKeeping() {
  const forms = formsToKeep();
  forms.forEach(watch);
  const minutes = Number(document.querySelector("[data-signed-out-after]")?.dataset.signedOutAfter);
  const ends = Date.parse(document.querySelector("[data-signed-out-at]")?.dataset.signedOutAt ?? "");
  if (ends) {
    warnBeforeTheLimit(ends);
  }
  if (minutes) {
    warnBeforeTheEnd(minutes);
    if (forms.length) {
      offerWhatIsKept(forms);
    }
  }
}
