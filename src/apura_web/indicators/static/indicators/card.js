/* The form of a card: the name of a variable follows what it is called, and the focus goes with the rows. */
"use strict";

(() => {
  const nameFrom = (label) => label.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .split(/[^\p{L}\p{N}]+/u).filter(Boolean).join("_").slice(0, 60);

  /* while nobody has written a name, it is the one that follows from the label */
  const followed = new WeakMap();
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(".variable input[name$='-label']")) return;
    const name = event.target.closest(".variable").querySelector("input[name$='-name']");
    if (name.value !== "" && name.value !== followed.get(name)) return;
    name.value = nameFrom(event.target.value);
    followed.set(name, name.value);
  });

  let asked = "";
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("#variaveis button[name='acao']") : null;
    if (button) asked = button.value;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!asked) return;
    const rows = [...document.querySelectorAll(".variable")];
    const place = asked === "acrescentar" ? rows.length - 1 : Number(asked.split("-")[1]);
    asked = "";
    rows[Math.min(place, rows.length - 1)]?.querySelector("input[name$='-label']")?.focus();
    document.getElementById("variaveis")?.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
