// Keeps a draft of a form: when typing has stopped for a moment, the fields are posted to the draft address
// and a polite live region says so. Files are left out; the form itself is sent as ever.
//
//   <form data-draft-url="/…/draft/" data-draft-saved="Draft saved" data-draft-failed="…">
//     … <p role="status" data-draft-state></p>
//   </form>
const PAUSE = 1500;

function fieldsOf(form) {
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  return fields;
}

async function saveDraft(form) {
  const state = form.querySelector("[data-draft-state]");
  try {
    const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: fieldsOf(form), credentials: "same-origin", redirect: "error" });
    state.textContent = answer.ok ? form.dataset.draftSaved : form.dataset.draftFailed;
  } catch {
    state.textContent = form.dataset.draftFailed;
  }
}

for (const form of document.querySelectorAll("form[data-draft-url]")) {
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(saveDraft, PAUSE, form);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
