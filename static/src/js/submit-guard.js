// A second press on a form that is on its way does nothing. The server's one-time key is what really protects; this saves the wait.
const rest = 5_000;

export function startSubmitGuard() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) {
      return;
    }
    if (form.dataset.onItsWay) {
      event.preventDefault();
      return;
    }
    form.dataset.onItsWay = "1";
    // Back from the next page, or an answer that never came: the form must work again.
    window.setTimeout(() => delete form.dataset.onItsWay, rest);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-on-its-way]").forEach((form) => delete form.dataset.onItsWay);
  });
}
