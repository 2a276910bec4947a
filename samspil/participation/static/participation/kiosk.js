// Clears a shared device: when nobody has touched it for as many seconds as its form says, and a moment after
// somebody has finished (a page with `data-kiosk-finished`). Some seconds before, it asks whether anybody is there.
//
//   <form data-kiosk="60" …><div data-kiosk-still hidden>…</div></form>
const form = document.querySelector("form[data-kiosk]");
if (form) {
  const still = form.querySelector("[data-kiosk-still]");
  const AFTER_THE_LAST = 20; // seconds
  let asking, leaving;
  const patience = () => {
    const finished = document.querySelector("[data-kiosk-finished]");
    return (finished ? AFTER_THE_LAST : Number(form.dataset.kiosk)) * 1000;
  };
  const wait = () => {
    clearTimeout(asking);
    clearTimeout(leaving);
    still.hidden = true;
    asking = setTimeout(() => (still.hidden = false), patience() * 0.75);
    leaving = setTimeout(() => form.requestSubmit(), patience());
  };
  form.addEventListener("submit", () => {
    localStorage.clear();
    sessionStorage.clear();
  });
  for (const sign of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(sign, wait, { passive: true });
  wait();
}
