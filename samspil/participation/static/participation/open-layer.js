// Opens what a holder is asked to open, on the holder's own device. The key is typed here and stays here; what
// is sent are the opened boxes, which are of no use before another holder has opened theirs.
//
//   <form data-open-layer data-boxes="/…/boxes.json" data-mistyped="Group {group} …" data-wrong="…" data-progress="…">
const AT_ONCE = 50;

const pause = () => new Promise((go) => setTimeout(go));

async function openAll(boxes, pair, tell) {
  const opened = [];
  for (const box of boxes) {
    const found = samspilUrn.open(samspilUrn.fromBase64(box), pair);
    opened.push(found ? samspilUrn.toBase64(found) : "");
    if (opened.length % AT_ONCE === 0) {
      tell(opened.length, boxes.length);
      await pause();
    }
  }
  return opened;
}

for (const form of document.querySelectorAll("form[data-open-layer]")) {
  const part = (name) => form.querySelector(`[data-key-${name}]`);
  const say = (words) => {
    part("problem").hidden = !words;
    part("problem-words").textContent = words;
    if (words) part("typed").focus();
  };
  part("start").hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    const typed = samspilUrn.fromText(part("typed").value);
    if (!typed.secret) return say(form.dataset[typed.group ? "mistyped" : "length"].replace("{group}", typed.group));
    const pair = samspilUrn.pairOf(typed.secret);
    const answer = await fetch(form.dataset.boxes, { credentials: "same-origin" });
    if (!answer.ok) return say(form.dataset.unreachable);
    const asked = await answer.json();
    if (samspilUrn.toHex(pair.publicKey) !== asked.public_key) return say(form.dataset.wrong);
    part("typed").value = "";
    const tell = (done, all) => (part("progress").textContent = form.dataset.progress.replace("{done}", done).replace("{all}", all));
    form.elements.answer.value = samspilUrn.toBase64(samspilUrn.open(samspilUrn.fromBase64(asked.challenge), pair));
    form.elements.ticket.value = asked.ticket;
    form.elements.boxes.value = (await openAll(asked.boxes, pair, tell)).join(".");
    form.submit();
  });
}
