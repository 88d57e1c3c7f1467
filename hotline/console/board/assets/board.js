"use strict";
// Beside htmx: conditional requests, a plain word when the connection is gone, and the title.
// All wording comes from the server.
(() => {
  const stale = document.getElementById("stale");
  const said = document.getElementById("said");

  const announce = () => {
    const live = document.getElementById("live");
    if (!live || said.textContent === live.dataset.said) return;
    said.textContent = live.dataset.said; // changed only when it differs, or it would be read again
    document.title = live.dataset.title;
  };

  document.addEventListener("htmx:configRequest", (event) => {
    const tag = event.detail.elt.dataset.tag;
    if (tag) event.detail.headers["If-None-Match"] = `"${tag}"`;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const status = event.detail.xhr.status;
    const reached = status === 200 || status === 304;
    stale.hidden = reached;
    document.body.classList.toggle("stale", !reached);
  });

  document.addEventListener("htmx:afterSwap", announce);
})();
