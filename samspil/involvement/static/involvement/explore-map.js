// Moves about in a map and closer to it, by keys, buttons or dragging. Without it the whole map is shown.
//
//   <div data-explore-map tabindex="0">
//     <div data-map-tools hidden> <button type="button" data-map-key="+">…</button> … </div>
//     <svg viewBox="0 0 640 480">…</svg>
//   </div>
//
// Keys: arrows move, + and - go closer and farther away, 0 shows the whole map again.
for (const box of document.querySelectorAll("[data-explore-map]")) {
  const svg = box.querySelector("svg[viewBox]");
  if (!svg) continue;
  const whole = svg.viewBox.baseVal;
  const [fullWidth, fullHeight] = [whole.width, whole.height];
  let view = { x: 0, y: 0, zoom: 1 };

  const show = (next) => {
    const zoom = Math.min(8, Math.max(1, next.zoom));
    const [wide, high] = [fullWidth / zoom, fullHeight / zoom];
    view = {
      zoom,
      x: Math.min(fullWidth - wide, Math.max(0, next.x)),
      y: Math.min(fullHeight - high, Math.max(0, next.y)),
    };
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${wide} ${high}`);
  };
  const move = (right, down) => show({ ...view, x: view.x + (right * fullWidth) / view.zoom, y: view.y + (down * fullHeight) / view.zoom });
  const closer = (times) => {
    const zoom = Math.min(8, Math.max(1, view.zoom * times));
    const [x, y] = [view.x + fullWidth / view.zoom / 2, view.y + fullHeight / view.zoom / 2];
    show({ zoom, x: x - fullWidth / zoom / 2, y: y - fullHeight / zoom / 2 });
  };
  const keys = {
    ArrowLeft: () => move(-0.15, 0), ArrowRight: () => move(0.15, 0),
    ArrowUp: () => move(0, -0.15), ArrowDown: () => move(0, 0.15),
    "+": () => closer(1.5), "-": () => closer(1 / 1.5), 0: () => show({ x: 0, y: 0, zoom: 1 }),
  };

  box.addEventListener("keydown", (event) => {
    if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key === "=" ? "+" : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  for (const button of box.querySelectorAll("[data-map-key]")) {
    button.addEventListener("click", () => keys[button.dataset.mapKey]());
  }
  let held = null;
  svg.addEventListener("pointerdown", (event) => {
    if (view.zoom === 1) return; // a finger on the whole map scrolls the page
    held = { x: event.clientX, y: event.clientY };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!held) return;
    const size = svg.getBoundingClientRect();
    move((held.x - event.clientX) / size.width, (held.y - event.clientY) / size.height);
    held = { x: event.clientX, y: event.clientY };
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { held = null; });
  box.querySelector("[data-map-tools]").hidden = false;
}
