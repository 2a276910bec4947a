// Seals a ballot on the device of whoever answers: what leaves the browser is an envelope, and the fields stay
// here. Without script the form is sent as it is, and the server seals it before anything is written.
//
//   <form data-seal data-size="1024" data-holders="hex hex hex" data-too-long="…">
//     <input type="hidden" name="sealed"> <fieldset data-seal-fields> … </fieldset>
//   </form>
//   … <strong data-follow-code>…</strong> on the page that confirms it
const FOLLOW = "samspil-follow";
const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

function followCode() {
  const drawn = Array.from(nacl.randomBytes(48)).filter((byte) => byte < LETTERS.length * 8);
  return drawn.slice(0, 12).map((byte) => LETTERS[byte % LETTERS.length]).join("");
}

function ballotIn(form) {
  const fields = new FormData(form);
  const order = fields.get("order").split(" ");
  const chosen = (prefix) => [...fields].filter(([name, value]) => name.startsWith(prefix) && value !== "");
  const numbers = (prefix) => Object.fromEntries(chosen(prefix).map(([name, value]) => [name.slice(prefix.length), Number(value)]));
  const text = samspilUrn.tidy(fields.get("text") ?? "");
  return { v: 1, answers: numbers("answer-"), order, attributes: numbers("attribute-"), text, follow: text ? followCode() : "" };
}

function remember(form, code) {
  try {
    sessionStorage.setItem(FOLLOW + form.dataset.round, code);
  } catch { /* a browser that keeps nothing: then there is no code to show */ }
}

for (const form of document.querySelectorAll("form[data-seal]")) {
  const fields = form.querySelector("[data-seal-fields]");
  const problem = form.querySelector("[data-seal-problem]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const ballot = ballotIn(form);
    const padded = samspilUrn.pad(new TextEncoder().encode(JSON.stringify(ballot)), Number(form.dataset.size));
    problem.hidden = Boolean(padded);
    if (!padded) return problem.focus();
    const holders = form.dataset.holders.split(" ").map(samspilUrn.fromHex);
    form.elements.sealed.value = samspilUrn.toBase64(samspilUrn.seal(padded, holders));
    remember(form, ballot.follow);
    fields.disabled = true;
    form.submit();
  });
  addEventListener("pageshow", () => {
    fields.disabled = false;
    form.elements.sealed.value = "";
  });
}

for (const place of document.querySelectorAll("[data-follow-code]")) {
  const key = FOLLOW + place.dataset.round;
  const code = place.textContent.trim() || sessionStorage.getItem(key) || "";
  sessionStorage.removeItem(key);
  place.textContent = code;
  place.closest("[data-follow]").hidden = !code;
}
