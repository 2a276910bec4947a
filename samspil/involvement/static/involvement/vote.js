// Sends answers in the background. What can't be sent stays on this device and is sent again, in its order, until
// the server has it; sending an answer twice leaves one. A queue belongs to one person: another who uses the same
// device does not send it. In a meeting the part is fetched anew when another statement is shown.
//
//   <section id="ask" data-ask data-now="/p/…/now/" data-mark="3" data-live> <form data-vote action="…"> … </form> </section>
//   <p role="status" data-unsent data-one="…" data-many="… {count} …"></p>
const part = () => document.querySelector("[data-ask]");
const unsent = document.querySelector("[data-unsent]");
const place = `unsent ${part().dataset.now} ${part().dataset.who}`;
const [SOON, LATEST, LIVE, QUIET] = [1000, 10000, 1500, 15000]; // milliseconds
let waiting = SOON, again, sending = false, answers = 0;

const rhythm = () => ("live" in part().dataset ? LIVE : QUIET);
const kept = () => JSON.parse(localStorage.getItem(place) || "[]");
function keep(queue) {
  if (queue.length) localStorage.setItem(place, JSON.stringify(queue));
  else localStorage.removeItem(place);
  const words = queue.length === 1 ? unsent.dataset.one : unsent.dataset.many.replace("{count}", queue.length);
  unsent.textContent = queue.length && waiting > SOON ? words : "";
}

function show(html) {
  const old = part();
  const keyboard = old.contains(document.activeElement) || document.activeElement === document.body;
  old.outerHTML = html;
  ready();
  if (keyboard) part().focus({ preventScroll: true });
  const title = document.getElementById("ask-title");
  if (title) document.title = title.textContent;
}

async function post(one) {
  const fields = new URLSearchParams(one.fields);
  fields.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  return fetch(one.to, { method: "POST", body: fields, credentials: "same-origin", headers: { "X-Part": "ask" } });
}

async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(again);
  try {
    for (let queue = kept(); queue.length; queue = kept()) {
      const answer = await post(queue[0]);
      if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
      waiting = SOON;
      const rest = kept().slice(1);
      keep(rest);
      if (!answer.ok || answer.redirected) return location.reload();
      const html = await answer.text();
      if (!rest.length) show(html);
    }
    keep([]);
  } catch {
    waiting = Math.min(waiting * 2, LATEST);
    keep(kept());
    again = setTimeout(send, waiting);
  } finally {
    sending = false;
  }
}

function answered(event) {
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(event.target, event.submitter));
  delete fields.csrfmiddlewaretoken;
  const to = event.target.action;
  answers += 1;
  const others = kept().filter((one, place) => one.to !== to || (sending && place === 0));
  keep([...others, { to, fields }]);
  for (const one of event.target.querySelectorAll("[data-key]")) one.toggleAttribute("aria-pressed", false);
  if (event.submitter) event.submitter.setAttribute("aria-pressed", "true");
  send();
}

function byKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const chosen = part().querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (chosen) chosen.click();
}

async function look() {
  const mark = part().dataset.mark, before = answers;
  if (!document.hidden && !sending && !kept().length) {
    try {
      const answer = await fetch(part().dataset.now, { credentials: "same-origin", headers: { "X-Part": "ask", "If-None-Match": `"${mark}"` }, cache: "no-store" });
      const html = await answer.text();
      const late = answers !== before; // what was fetched before an answer knows nothing of it
      if (answer.status === 200 && !answer.redirected && !late) show(html);
    } catch {} // the next look may reach it
  }
  setTimeout(look, rhythm());
}

function ready() {
  part().addEventListener("keydown", byKey);
  for (const form of part().querySelectorAll("form[data-vote]")) form.addEventListener("submit", answered);
  for (const hint of part().querySelectorAll("[data-keys]")) hint.hidden = false;
}

ready();
part().focus({ preventScroll: true });
addEventListener("online", send);
setTimeout(look, rhythm());
send();
