// Keys, and sending what was chosen: the pages are whole without it, and the files can be written by hand.
"use strict";

const raiz = document.body.dataset.raiz;
const form = document.getElementById("decision");

async function send(where, what) {
  const said = document.getElementById("dicho");
  said.textContent = "";
  try {
    const answer = await fetch(raiz + where, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(what),
    });
    const text = await answer.text();
    let got;
    try { got = JSON.parse(text); } catch { got = { error: text }; }
    if (got.ir) location.assign(got.ir);
    else said.textContent = got.error;
  } catch (error) {
    said.textContent = "La mesa no responde: " + error.message;
  }
}

if (form) {
  const name = form.elements.autor;
  name.value = sessionStorage.getItem("autor") || "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem("autor", name.value);
    const shown = form.querySelector("input[name=opcion]:checked")?.dataset.huella;
    const said = { asunto: form.dataset.asunto, ...Object.fromEntries(new FormData(form)) };
    send("/decidir", shown ? { ...said, huella: shown } : said);
  });
}

const undo = document.getElementById("deshacer");
if (undo) undo.addEventListener("click", () => send("/deshacer", { asunto: undo.dataset.asunto }));

function choose(number) {
  const choices = form ? form.querySelectorAll("input[name=opcion]") : [];
  const chosen = choices[number - 1];
  if (!chosen) return;
  chosen.checked = true;
  const other = chosen.value === "otra";
  (other ? form.elements.campo : form.elements.motivo).focus();
}

function step(by) {
  const link = document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]");
  if (link) { link.click(); return; }
  const links = [...document.querySelectorAll("a.asunto")];
  const at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))];
  if (next) next.focus();
}

document.addEventListener("keydown", (event) => {
  const kind = event.target.type || event.target.tagName.toLowerCase();
  if (event.key === "Enter" && kind === "radio" && form) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const typing = ["text", "date", "select-one"].includes(kind);
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key >= "1" && event.key <= "9") { event.preventDefault(); choose(Number(event.key)); }
  else if (event.key === "j" || (event.key === "ArrowDown" && !form)) { event.preventDefault(); step(1); }
  else if (event.key === "k" || (event.key === "ArrowUp" && !form)) { event.preventDefault(); step(-1); }
  else if (event.key === "u" && undo) undo.click();
  else if (event.key === "q") location.assign(raiz + "/");
});

const run = document.getElementById("correr");
if (run) {
  const state = document.getElementById("estado");
  const output = document.getElementById("salida");
  const show = (began, code) => {
    run.disabled = began && code === null;
    if (!began) state.textContent = "";
    else if (code === null) state.textContent = "La corrida trabaja.";
    else if (code === 0) state.textContent = "Terminó bien: la versión está al día.";
    else state.textContent = "Terminó con código " + code + "; abajo dice por qué. Lo decidido queda en los archivos.";
  };
  const look = async () => {
    try {
      const found = await (await fetch(raiz + "/corrida.json")).json();
      output.textContent = found.dicho;
      show(found.empezada, found.codigo);
      if (found.empezada && found.codigo === null) setTimeout(look, 1000);
    } catch (error) {
      state.textContent = "La mesa no responde: " + error.message;
    }
  };
  run.addEventListener("click", () => { run.disabled = true; send("/correr", {}).then(() => { run.disabled = false; }); });
  look();
}
