// Says how many characters are left when typing pauses. Too many may be typed; the server has the last word.
//
//   <textarea id="id_text" maxlength="500"></textarea>
//   <p role="status" data-count-for="id_text" data-count-text="{left} characters left"
//      data-count-over="{over} characters too many">At most 500 characters</p>
for (const counter of document.querySelectorAll("[data-count-for]")) {
  const field = document.getElementById(counter.dataset.countFor);
  const most = field ? field.maxLength : -1;
  if (most < 0) continue;
  field.removeAttribute("maxlength");
  const tell = () => {
    const left = most - field.value.length;
    const sentence = left < 0 ? counter.dataset.countOver : counter.dataset.countText;
    counter.textContent = sentence.replace("{left}", left).replace("{over}", -left);
    counter.classList.toggle("count-over", left < 0);
  };
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(tell, 500);
  });
}
