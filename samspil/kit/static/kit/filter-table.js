// Shows only the rows of a table that contain what one types, and says how many are left.
//
//   <div data-filter-table="people" data-filter-text="{shown} of {all} rows shown" hidden>
//     <input type="search"> <p role="status"></p>
//   </div>
//   <table id="people">…</table>
for (const box of document.querySelectorAll("[data-filter-table]")) {
  const table = document.getElementById(box.dataset.filterTable);
  if (!table) continue;
  const rows = [...table.tBodies[0].rows];
  const input = box.querySelector("input");
  const told = box.querySelector("[role=status]");
  box.hidden = false;
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLocaleLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
    const shown = rows.filter((row) => !row.hidden).length;
    told.textContent = box.dataset.filterText.replace("{shown}", shown).replace("{all}", rows.length);
  });
}
