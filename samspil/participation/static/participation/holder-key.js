// Makes a holder's key on their own device, shows it to be written down, and has it typed back. What is sent is
// its public half alone.
//
//   <form data-make-key data-mistyped="Group {group} …" data-other="…"> <input type="hidden" name="public_key"> …
const SVG = "http://www.w3.org/2000/svg";

function drawn(text, name) {
  const code = leanQr.generate(text);
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const dots = [];
  for (let y = 0; y < code.size; y++) for (let x = 0; x < code.size; x++) if (code.get(x, y)) dots.push(`M${x} ${y}h1v1h-1z`);
  svg.setAttribute("viewBox", `-4 -4 ${code.size + 8} ${code.size + 8}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name);
  path.setAttribute("d", dots.join(""));
  svg.append(path);
  return svg;
}

for (const form of document.querySelectorAll("form[data-make-key]")) {
  const part = (name) => form.querySelector(`[data-key-${name}]`);
  const show = (...names) => ["start", "written", "typed"].forEach((name) => (part(name).hidden = !names.includes(name)));
  let secret;

  part("start").hidden = false;
  part("make").addEventListener("click", () => {
    secret = samspilUrn.newSecret();
    const text = samspilUrn.asText(secret);
    part("groups").replaceChildren(...text.split(" ").map((group) => {
      const item = document.createElement("li");
      item.textContent = group;
      return item;
    }));
    part("code").replaceChildren(drawn(text, form.dataset.codeName));
    show("written");
    part("heading").focus();
  });
  part("print").addEventListener("click", () => print());
  part("copy").addEventListener("click", async () => {
    await navigator.clipboard?.writeText(samspilUrn.asText(secret));
    part("copied").hidden = false;
  });
  part("next").addEventListener("click", () => {
    show("typed");
    part("again").focus();
  });
  part("back").addEventListener("click", () => {
    show("written");
    part("heading").focus();
  });
  form.addEventListener("submit", (event) => {
    const typed = samspilUrn.fromText(part("again").value);
    const same = typed.secret && samspilUrn.toHex(typed.secret) === samspilUrn.toHex(secret);
    if (same) {
      form.elements.public_key.value = samspilUrn.toHex(samspilUrn.pairOf(secret).publicKey);
      part("again").value = "";
      return;
    }
    event.preventDefault();
    part("problem").hidden = false;
    part("problem-words").textContent = typed.secret ? form.dataset.other : form.dataset[typed.group ? "mistyped" : "length"].replace("{group}", typed.group);
    part("again").setAttribute("aria-invalid", "true");
    part("again").focus();
  });
}
