// A table of fields that is written in like a spreadsheet. Without this script every cell is a field of a form.
//
//   <form data-sheet data-sheet-pasted="{cells} cells pasted …" data-sheet-undone="…" data-sheet-redone="…">
//     <p data-sheet-tools hidden><button type="button" data-sheet-undo>…</button> <button … data-sheet-redo>…</button>
//       <button type="button" data-sheet-add>…</button></p>
//     <p role="status" data-sheet-state></p>
//     <table><tbody><tr data-row="new1">… <td><input data-cell name="new1.low"></td>
//
// Enter and Shift+Enter, the arrows up and down: the row below, above. Arrows left and right at the end of what
// is typed: the cell beside. What is pasted with tabs and lines goes into the cells from here on. Ctrl+Z and
// Ctrl+Y take back and do again what was typed and pasted since the page was opened.
class Sheet {
  constructor(form) {
    this.form = form;
    this.body = form.querySelector("tbody");
    this.state = form.querySelector("[data-sheet-state]");
    this.done = [];
    this.undone = [];
    this.known = new WeakMap();
    form.querySelector("[data-sheet-tools]").hidden = false;
    for (const cell of this.cells()) this.known.set(cell, cell.value);
    form.addEventListener("keydown", (event) => this.onKey(event));
    form.addEventListener("change", (event) => event.target.matches("[data-cell]") && this.typed(event.target));
    form.addEventListener("paste", (event) => this.onPaste(event));
    form.querySelector("[data-sheet-undo]").addEventListener("click", () => this.step(this.done, this.undone, "sheetUndone"));
    form.querySelector("[data-sheet-redo]").addEventListener("click", () => this.step(this.undone, this.done, "sheetRedone"));
    form.querySelector("[data-sheet-add]").addEventListener("click", () => this.cellsOf(this.addRow())[1].focus());
    this.buttons();
  }

  cells() { return [...this.body.querySelectorAll("[data-cell]")]; }
  cellsOf(row) { return [...row.querySelectorAll("[data-cell]")]; }

  onKey(event) {
    const cell = event.target;
    if (!cell.matches?.("[data-cell]")) return;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && (key === "z" || key === "y")) {
      if (cell.value !== this.known.get(cell)) return; // the browser takes back what is being typed
      event.preventDefault();
      const again = key === "y" || event.shiftKey;
      if (again) this.step(this.undone, this.done, "sheetRedone");
      else this.step(this.done, this.undone, "sheetUndone");
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") this.go(event, event.shiftKey ? -1 : 1, 0);
    else if (event.key === "Escape") cell.value = this.known.get(cell);
    else if (cell.tagName === "SELECT") return;
    else if (event.key === "ArrowDown") this.go(event, 1, 0);
    else if (event.key === "ArrowUp") this.go(event, -1, 0);
    else if (event.key === "ArrowRight" && cell.selectionStart === cell.value.length) this.go(event, 0, 1);
    else if (event.key === "ArrowLeft" && cell.selectionEnd === 0) this.go(event, 0, -1);
  }

  go(event, down, right) {
    const row = event.target.closest("tr");
    const place = this.cellsOf(row).indexOf(event.target);
    const rows = [...this.body.rows];
    let other = rows[rows.indexOf(row) + down];
    if (!other && down > 0) other = this.addRow();
    const cell = other && this.cellsOf(other)[place + right];
    if (!cell) return;
    event.preventDefault();
    cell.focus();
    cell.select?.();
  }

  onPaste(event) {
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!event.target.matches("[data-cell]") || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const first = this.cellsOf(event.target.closest("tr")).indexOf(event.target);
    let row = event.target.closest("tr");
    const changes = [];
    for (const line of text.split("\n")) {
      row ??= this.addRow();
      const cells = this.cellsOf(row);
      line.split("\t").forEach((value, place) => {
        const cell = cells[first + place];
        if (cell) changes.push(...this.put(cell, value.trim()));
      });
      row = row.nextElementSibling;
    }
    this.remember(changes);
    this.tell("sheetPasted", changes.length);
  }

  put(cell, value) {
    const before = cell.value;
    if (cell.tagName === "SELECT") {
      const wanted = value.toLocaleLowerCase();
      const option = [...cell.options].find((one) => [one.value, one.text].some((word) => word.toLocaleLowerCase() === wanted));
      if (!option) return [];
      value = option.value;
    }
    if (value === before) return [];
    this.write(cell, value);
    return [{ cell, before, after: value }];
  }

  write(cell, value) {
    cell.value = value;
    this.known.set(cell, value);
    cell.dispatchEvent(new Event("input", { bubbles: true }));
  }

  typed(cell) {
    const before = this.known.get(cell);
    if (before === cell.value) return;
    this.known.set(cell, cell.value);
    this.remember([{ cell, before, after: cell.value }]);
  }

  remember(changes) {
    if (!changes.length) return;
    this.done.push(changes);
    this.undone.length = 0;
    this.buttons();
  }

  step(from, to, told) {
    const changes = from.pop();
    if (!changes) return;
    const back = from === this.done;
    for (const { cell, before, after } of back ? [...changes].reverse() : changes) this.write(cell, back ? before : after);
    to.push(changes);
    this.buttons();
    this.tell(told, changes.length);
    changes[0].cell.focus();
  }

  buttons() {
    this.form.querySelector("[data-sheet-undo]").disabled = !this.done.length;
    this.form.querySelector("[data-sheet-redo]").disabled = !this.undone.length;
  }

  tell(sentence, cells) {
    this.state.textContent = this.form.dataset[sentence].replace("{cells}", cells);
  }

  addRow() {
    const last = this.body.rows[this.body.rows.length - 1];
    const row = this.form.querySelector("template").content.firstElementChild.cloneNode(true);
    const number = Number(last ? last.dataset.number : 0) + 1;
    const place = 1 + Math.max(0, ...[...this.body.rows].map((one) => Number((/^new(\d+)$/.exec(one.dataset.row) ?? [0, 0])[1])));
    row.dataset.number = number;
    row.dataset.row = `new${place}`;
    row.querySelector("[data-row-number]").textContent = number;
    for (const cell of this.cellsOf(row)) {
      cell.name = cell.name.replace("new0", `new${place}`);
      cell.id = `id_${cell.name}`;
      cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace("{number}", number));
      this.known.set(cell, cell.value);
    }
    this.body.append(row);
    return row;
  }
}

for (const form of document.querySelectorAll("form[data-sheet]")) new Sheet(form);
