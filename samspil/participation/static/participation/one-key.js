// One key a line: a digit fills its line and moves on to the next, Enter moves on from the code and sends at the
// end. Without it everything works by Tab.
//
//   <form data-one-key> … <input maxlength="1"> …
const form = document.querySelector("form[data-one-key]");
if (form) {
  const fields = [...form.querySelectorAll("input[type=text], input:not([type])")];
  const lines = fields.filter((field) => field.maxLength === 1);
  const code = fields.find((field) => field.name === "code");
  if (!form.querySelector(".form-error-message") && code) code.focus();
  form.addEventListener("input", (event) => {
    const next = lines[lines.indexOf(event.target) + 1] || form.querySelector("button[type=submit]");
    if (lines.includes(event.target) && event.target.value) next.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== code || !lines.length) return;
    event.preventDefault();
    lines[0].focus();
  });
}
