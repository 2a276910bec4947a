// Keeps the big screen up to date: asks once a second whether anything has changed, and shows it when it has.
//
//   <section data-screen="/…/screen/now/" data-mark="4-2-10-3-7"> … </section>
const LOOK = 1000;

async function look() {
  const part = document.querySelector("[data-screen]");
  try {
    const answer = await fetch(part.dataset.screen, { credentials: "same-origin", headers: { "If-None-Match": `"${part.dataset.mark}"` }, cache: "no-store" });
    if (answer.status === 200 && !answer.redirected) part.outerHTML = await answer.text();
  } catch {} // the next look may reach it
  setTimeout(look, LOOK);
}

setTimeout(look, LOOK);
