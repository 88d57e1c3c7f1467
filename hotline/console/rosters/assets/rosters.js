// The week without loading the page anew: where a picked shift could go is shown in the table, and
// it can be dragged there. Everything here also works as links and buttons alone.
"use strict";

const cells = (person, day) =>
  document.querySelectorAll(`tr[data-person="${CSS.escape(person)}"] td[data-day="${CSS.escape(day)}"]`);

function forget() {
  document.querySelectorAll(".target-here").forEach((each) => each.remove());
  document.querySelectorAll("td.can, td.cannot").forEach((cell) => {
    cell.classList.remove("can", "cannot", "over");
    cell.removeAttribute("title");
  });
}

function mark(panel) {
  forget();
  panel.querySelectorAll("button[data-person]").forEach((button) => {
    cells(button.dataset.person, button.dataset.day).forEach((cell) => {
      const target = document.createElement("button");
      const effect = button.parentElement.querySelector(".effect");
      target.type = "button";
      target.className = "target-here";
      target.textContent = `${button.textContent}: ${effect ? effect.textContent.trim() : ""}`;
      target.addEventListener("click", () => button.click());
      cell.classList.add("can");
      cell.append(target);
    });
  });
  panel.querySelectorAll(".refused [data-person]").forEach((item) => {
    cells(item.dataset.person, item.dataset.day).forEach((cell) => {
      if (cell.classList.contains("can")) return;
      cell.classList.add("cannot");
      cell.title = item.closest("li").querySelector(".why").textContent;
    });
  });
}

document.addEventListener("htmx:afterSwap", () => {
  const panel = document.getElementById("panel");
  const title = document.getElementById("panel-title");
  if (!panel || !title) return;
  mark(panel);
  if (!dragged) title.focus();
});

document.addEventListener("keydown", (event) => {
  const close = event.key === "Escape" && document.querySelector("#panel header a");
  if (close) close.click();
});

let dragged = null;

document.addEventListener("dragstart", (event) => {
  const chip = event.target.closest && event.target.closest("a.chip");
  if (!chip) return;
  dragged = chip;
  event.dataTransfer.effectAllowed = "move";
  chip.click(); // asks what each place would do; it is shown in the cells while dragging
});

document.addEventListener("dragend", () => {
  dragged = null;
  document.querySelectorAll("td.over").forEach((cell) => cell.classList.remove("over"));
});

document.addEventListener("dragover", (event) => {
  const cell = dragged && event.target.closest("td.can");
  document.querySelectorAll("td.over").forEach((each) => each !== cell && each.classList.remove("over"));
  if (!cell) return;
  event.preventDefault();
  cell.classList.add("over");
});

document.addEventListener("drop", (event) => {
  const cell = dragged && event.target.closest("td.can");
  if (!cell) return;
  event.preventDefault();
  const targets = cell.querySelectorAll(".target-here");
  const at = event.target.closest(".target-here");
  if (at || targets.length === 1) (at || targets[0]).click();
  else targets[0].focus(); // several shifts that day: choose one
});
