// Renews the parts of a page that waits for others, every ten seconds, until nothing is waited for. A part in which
// somebody is, is left alone.
//
//   <div id="next" data-part data-renew aria-live="polite"> … </div>  <div id="holders" data-part> … </div>
const REST = 10000;

function renew(page) {
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh || fresh.innerHTML === part.innerHTML || part.contains(document.activeElement)) continue;
    part.replaceChildren(...fresh.childNodes);
  }
}

async function look() {
  try {
    const answer = document.hidden ? null : await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    if (answer?.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      renew(page);
      if (!page.querySelector("[data-renew]")) return;
    }
  } catch {} // the next look may reach it
  setTimeout(look, REST);
}

if (document.querySelector("[data-renew]")) setTimeout(look, REST);
