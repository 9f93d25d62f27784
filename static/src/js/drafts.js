// Saves a long form while it is being written: <form data-autosave-url="…"> with <p data-autosave-status>.
const pause = 4_000;

function status(form, text) {
  const place = form.querySelector("[data-autosave-status]");
  if (place) {
    place.textContent = text;
  }
}

function clockTime() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

async function save(form) {
  const answers = new FormData(form);
  for (const [name, value] of [...answers]) {
    if (value instanceof File) {
      answers.delete(name);
    }
  }
  const answer = await fetch(form.dataset.autosaveUrl, {
    body: answers,
    credentials: "same-origin",
    headers: { "X-Autosave": "1", "X-CSRFToken": answers.get("csrfmiddlewaretoken") ?? "" },
    method: "POST",
    redirect: "error",
  });
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
}

function watch(form) {
  let timer = 0;
  let busy = false;
  let again = false;

  const run = async () => {
    window.clearTimeout(timer);
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      await save(form);
      status(form, `Draft saved at ${clockTime()}`);
    } catch {
      status(form, "Not saved in the enquiry just now; the hub tries again in a moment. What you typed is kept for you.");
      again = true;
    }
    busy = false;
    if (again && !form.dataset.sent) {
      again = false;
      timer = window.setTimeout(run, pause);
    }
  };

  form.addEventListener("input", () => {
    status(form, "Not saved yet");
    window.clearTimeout(timer);
    timer = window.setTimeout(run, pause);
  });
  form.addEventListener("submit", () => {
    form.dataset.sent = "1";
    window.clearTimeout(timer);
  });
}

export function startDrafts() {
  document.querySelectorAll("form[data-autosave-url]").forEach(watch);
}
