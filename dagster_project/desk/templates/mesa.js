"use strict";
const raiz = document.body.dataset.raiz;
const aviso = document.getElementById("aviso");

async function pedir(que, datos) {
  aviso.textContent = "";
  let respuesta, dicho;
  try {
    respuesta = await fetch(`${raiz}/${que}`, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(datos),
    });
    dicho = await respuesta.json();
  } catch {
    aviso.textContent = "La mesa no contesta: ¿sigue abierta?";
    return null;
  }
  if (!respuesta.ok) { aviso.textContent = dicho.error || "No se pudo."; return null; }
  return dicho;
}

const forma = document.querySelector("form.decision");
if (forma) {
  for (const nombre of ["motivo", "autor"]) {
    const antes = sessionStorage.getItem(`avance-${nombre}`);
    if (antes) forma.elements[nombre].value = antes;
  }
  for (const opcion of forma.querySelectorAll("[data-cifras]")) {
    opcion.addEventListener("change", () => {
      const cifras = JSON.parse(opcion.dataset.cifras);
      for (const campo of forma.querySelectorAll("[data-campo]")) campo.value = cifras[campo.dataset.campo] ?? "";
    });
  }
  for (const boton of forma.querySelectorAll(".poner")) {
    boton.addEventListener("click", () => { forma.elements[`c-${boton.dataset.campo}`].value = boton.dataset.valor; });
  }
  forma.addEventListener("submit", async (evento) => {
    evento.preventDefault();
    const datos = { de: forma.dataset.de, id: forma.dataset.id, cifras: {} };
    for (const nombre of ["motivo", "autor"]) {
      datos[nombre] = forma.elements[nombre].value;
      sessionStorage.setItem(`avance-${nombre}`, datos[nombre]);
    }
    const escritas = [...forma.querySelectorAll("input[data-campo]")];
    if (forma.dataset.de === "fila" && !forma.querySelector("[name=lectura]:checked") && escritas.every((c) => !c.value)) {
      aviso.textContent = "Elija una lectura o escriba las cifras.";
      return;
    }
    for (const campo of escritas) datos.cifras[campo.dataset.campo] = campo.value;
    if (forma.dataset.de === "vinculo") {
      const elegido = forma.querySelector("[name=con]:checked");
      if (!elegido) { aviso.textContent = "Elija una opción."; return; }
      datos.con = elegido.value;
    }
    if (forma.dataset.de === "archivo") {
      datos.publicado_en = forma.elements.rechazado.checked ? "rechazado" : forma.elements.publicado_en.value;
    }
    const hecho = await pedir("decidir", datos);
    if (hecho) location.href = hecho.siguiente ? `${raiz}/abierto/${hecho.siguiente}` : `${raiz}/`;
  });
}

for (const boton of document.querySelectorAll(".deshacer")) {
  boton.addEventListener("click", async () => {
    if (await pedir("deshacer", { numero: Number(boton.dataset.numero) })) location.reload();
  });
}

const correr = document.getElementById("correr");
if (correr) {
  correr.addEventListener("click", async () => { if (await pedir("correr", {})) location.href = `${raiz}/corrida`; });
}
const estado = document.getElementById("estado");
if (estado && estado.dataset.trabaja === "1") setTimeout(() => location.reload(), 2000);

document.addEventListener("keydown", (evento) => {
  if (evento.ctrlKey || evento.altKey || evento.metaKey) return;
  const en = evento.target;
  if (en.matches("input:not([type=radio]):not([type=checkbox]), textarea")) return;
  const opcion = document.querySelector(`[data-tecla="${CSS.escape(evento.key)}"]`);
  if (opcion) { opcion.checked = true; opcion.dispatchEvent(new Event("change")); opcion.focus(); evento.preventDefault(); return; }
  if (evento.key === "s") document.getElementById("siguiente")?.click();
  else if (evento.key === "l") location.href = `${raiz}/`;
  else if (evento.key === "u") document.querySelector(".deshacer")?.click();
});
