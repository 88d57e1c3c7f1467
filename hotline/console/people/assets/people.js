// The grid of hours by keyboard, and by dragging: arrows move, shift and an arrow carries on what
// stands there, names of days and hours tick all of theirs. Without it every box is still a box.
"use strict";

for (const table of document.querySelectorAll("table.hours")) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("input")]);
  const boxes = rows.flat();
  const place = new Map();
  rows.forEach((row, hour) => row.forEach((box, day) => place.set(box, [hour, day])));
  const stand = (box) => {
    for (const each of boxes) each.tabIndex = each === box ? 0 : -1;
  };
  stand(rows[18][0]);

  table.addEventListener("keydown", (event) => {
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const here = place.get(event.target);
    const move = moves[event.key];
    if (!here || !move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = rows[here[0] + move[0]]?.[here[1] + move[1]];
    if (!next) return;
    if (event.shiftKey) next.checked = event.target.checked;
    stand(next);
    next.focus();
  });
  table.addEventListener("focusin", (event) => place.has(event.target) && stand(event.target));

  let painting = null;
  table.addEventListener("pointerdown", (event) => {
    const box = event.target.closest("td")?.querySelector("input");
    if (!box || event.pointerType !== "mouse" || event.button !== 0) return;
    event.preventDefault();
    painting = !box.checked;
    box.checked = painting;
    box.focus();
  });
  table.addEventListener("pointerover", (event) => {
    const box = painting === null ? null : event.target.closest("td")?.querySelector("input");
    if (box) box.checked = painting;
  });
  addEventListener("pointerup", () => { painting = null; });
  table.addEventListener("click", (event) => {
    if (place.has(event.target) && event.detail > 0 && event.pointerType === "mouse") event.preventDefault();
  });

  const whole = (header, mine) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = header.textContent;
    button.setAttribute("aria-label", header.dataset.all);
    button.addEventListener("click", () => {
      const all = mine.every((box) => box.checked);
      for (const box of mine) box.checked = !all;
    });
    header.replaceChildren(button);
  };
  [...table.tHead.rows[0].querySelectorAll("th")].forEach((header, day) => whole(header, rows.map((row) => row[day])));
  [...table.tBodies[0].rows].forEach((row, hour) => whole(row.querySelector("th"), rows[hour]));
}
