// One polite live region for the whole page, so that announcements never talk over each other.
export function announce(text) {
  const place = document.getElementById("hub-announcer");
  if (place) {
    place.textContent = text;
  }
}
