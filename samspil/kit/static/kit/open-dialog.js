// Opens a dialog that is already on the page instead of following the link to the page that asks the same.
//
//   <a href="/…/stop/" data-opens="stop-dialog">Stop …</a>
//   <dialog id="stop-dialog">…</dialog>
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (!dialog || !dialog.showModal || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialog.showModal();
  dialog.addEventListener("close", () => opener.focus(), { once: true });
});
