"use strict";
// Beside htmx, for pages whose part #live is fetched anew by itself: conditional requests, a plain
// word when the connection is gone, the title, and nothing taken from under the reader's hands.
// All wording comes from the server.
(() => {
  const stale = document.getElementById("stale");
  const said = document.getElementById("said");
  let opened = [];

  const announce = () => {
    const live = document.getElementById("live");
    if (!live || said.textContent === live.dataset.said) return;
    said.textContent = live.dataset.said; // changed only when it differs, or it would be read again
    document.title = live.dataset.title;
  };

  const plays = () => [...document.querySelectorAll("#live audio")].some((each) => !each.paused);

  document.addEventListener("htmx:configRequest", (event) => {
    const tag = event.detail.elt.dataset.tag;
    if (tag) event.detail.headers["If-None-Match"] = `"${tag}"`;
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (plays()) event.preventDefault(); // a message that is listened to would fall silent
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const status = event.detail.xhr.status;
    const reached = status === 200 || status === 304;
    stale.hidden = reached;
    document.body.classList.toggle("stale", !reached);
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (plays()) event.detail.shouldSwap = false; // it began while the answer was under way
    opened = [...document.querySelectorAll("#live details[open][id]")].map((each) => each.id);
  });

  document.addEventListener("htmx:afterSwap", () => {
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    announce();
  });
})();
