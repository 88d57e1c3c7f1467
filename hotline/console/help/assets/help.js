// "Leave this page" puts the other page in the place of this one, so that Back does not return here;
// Esc three times does the same. Without this script the link still leads away.
"use strict";
(() => {
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  const leave = () => location.replace(link.href);
  link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  let pressed = 0;
  document.addEventListener("keydown", (event) => {
    pressed = event.key === "Escape" ? pressed + 1 : 0;
    if (pressed === 3) leave();
  });
})();
