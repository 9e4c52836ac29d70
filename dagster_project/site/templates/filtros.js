// Shows only the pieces that hold the words typed; the words live in the address, so that a view can be sent on.
"use strict";
const field = document.getElementById("buscar");
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
if (field) {
  const pieces = [...document.querySelectorAll(field.dataset.filtra)];
  const texts = pieces.map((piece) => plain(piece.textContent));
  const said = document.querySelector("output[for=buscar]");
  const asked = () => field.value ? `?q=${encodeURIComponent(field.value)}` : "";
  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    pieces.forEach((piece, i) => {
      piece.hidden = !words.every((word) => texts[i].includes(word));
      count += !piece.hidden;
    });
    // Another quarter of the same page is asked for with the same words.
    for (const link of document.querySelectorAll("a.otra")) link.search = asked();
    said.textContent = words.length ? `${count} de ${pieces.length}` : "";
  };
  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", () => {
    try { history.replaceState(null, "", (asked() || location.pathname) + location.hash); } catch { /* a page from a folder may not be allowed to */ }
    show();
  });
  show();
}
const opened = location.hash && document.getElementById(location.hash.slice(1));
if (opened && opened.matches(".accion")) {
  const why = opened.querySelector("details");
  if (why) why.open = true;
}
