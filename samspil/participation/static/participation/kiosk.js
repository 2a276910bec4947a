// Clears a shared device: when nobody has touched it for as many seconds as its form says, and a moment after
// somebody has finished (a page with `data-kiosk-finished`). Some seconds before, it asks whether anybody is there.
//
//   <form data-kiosk="60" …><div data-kiosk-still hidden>…</div></form>
const form = document.querySelector("form[data-kiosk]");
if (form) {
  const still = form.querySelector("[data-kiosk-still]");
  const finished = document.querySelector("[data-kiosk-finished]");
  const patience = (finished ? Math.min(20, form.dataset.kiosk) : Number(form.dataset.kiosk)) * 1000;
  let asking, leaving;
  const wait = () => {
    clearTimeout(asking);
    clearTimeout(leaving);
    still.hidden = true;
    asking = setTimeout(() => (still.hidden = false), patience * 0.75);
    leaving = setTimeout(() => form.requestSubmit(), patience);
  };
  for (const sign of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(sign, wait, { passive: true });
  wait();
}
