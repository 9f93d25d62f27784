// Looks something up while a form is being written: <form data-suggest-url="…"> with <div data-suggestions> in it.
// Without this file the form's own button does the same.
const pause = 900;
const asked = /-(given_name|family_name|date_of_birth_(day|month|year))$|^address(_is_protected)?$/;

function watch(form) {
  const place = form.querySelector("[data-suggestions]");
  let timer = 0;
  let latest = 0;

  const look = async () => {
    latest += 1;
    const mine = latest;
    const answers = new FormData(form);
    try {
      const answer = await fetch(form.dataset.suggestUrl, {
        body: answers,
        credentials: "same-origin",
        headers: { "X-CSRFToken": answers.get("csrfmiddlewaretoken") ?? "" },
        method: "POST",
        redirect: "error",
      });
      const found = await answer.text();
      if (answer.ok && mine === latest) {
        place.innerHTML = found;
      }
    } catch {
      // The button is still there.
    }
  };

  form.addEventListener("input", ({ target }) => {
    if (asked.test(target.name ?? "")) {
      window.clearTimeout(timer);
      timer = window.setTimeout(look, pause);
    }
  });
}

export function startSuggestions() {
  document.querySelectorAll("form[data-suggest-url]").forEach(watch);
}
