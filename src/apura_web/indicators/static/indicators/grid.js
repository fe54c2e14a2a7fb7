/* The grid: each box is kept when one leaves it, a block pasted from a spreadsheet fills many, arrows walk. Without this
   script the form has a button that keeps everything that changed. */
"use strict";

(() => {
  const form = document.querySelector("form[data-grid]");
  if (!form || !form.querySelector("td.box > input")) return;
  const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
  const boxes = new Map([...form.querySelectorAll("td.box[data-box]")].map((each) => [each.dataset.box, each]));
  const part = (key, mark) => form.elements[`${mark}.${key}`];
  const saved = new Map();
  const waiting = new Set();
  let isSending = false;

  const typed = (key) => ({
    key,
    typed: part(key, "c").value,
    seen: part(key, "s").value,
    reason: part(key, "r").value,
    certainty: part(key, "f").value,
    based_on: part(key, "d").value,
  });
  const asText = (key) => JSON.stringify({ ...typed(key), seen: "" });
  for (const key of boxes.keys()) saved.set(key, asText(key));

  const say = (words, isBad = false) => {
    const place = document.querySelector("[data-grid-saving]");
    place.textContent = words;
    place.classList.toggle("is-bad", isBad);
  };

  const LOOKS = { gravada: "is-saved", erro: "is-wrong", duvida: "is-doubtful", conflito: "is-conflict", recusada: "is-wrong" };
  const show = (cell) => {
    const box = boxes.get(cell.key);
    if (!box) return;
    part(cell.key, "s").value = cell.seen;
    box.classList.remove("is-saving", ...Object.values(LOOKS));
    if (LOOKS[cell.situacao]) box.classList.add(LOOKS[cell.situacao]);
    box.querySelector(".box-note").textContent = cell.nota;
    part(cell.key, "c").toggleAttribute("aria-invalid", ["erro", "conflito", "recusada"].includes(cell.situacao));
    if (cell.situacao === "duvida") box.querySelector(".box-more").open = true;
  };
  const showResult = (result) => {
    const place = form.querySelector(`[data-result="${CSS.escape(result.key)}"]`);
    if (!place) return;
    place.querySelector(".result-value").textContent = result.texto;
    place.querySelector(".badge")?.remove();
    if (!result.situacao) return;
    const badge = document.createElement("span");
    badge.className = `badge ${result.tom}`;
    const icon = document.createElement("i");
    icon.className = `fas fa-${result.icone}`;
    icon.setAttribute("aria-hidden", "true");
    badge.append(icon, ` ${result.situacao}`);
    place.querySelector(".result-value").after(" ", badge);
  };

  const send = async () => {
    if (isSending || !waiting.size) return;
    isSending = true;
    const keys = [...waiting];
    waiting.clear();
    const sent = new Map(keys.map((key) => [key, asText(key)]));
    for (const key of keys) boxes.get(key).classList.add("is-saving");
    say("Gravando…");
    let answer = null;
    try {
      const response = await fetch(form.dataset.grid, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ celulas: keys.map(typed) }),
      });
      if (response.ok || response.status === 409) answer = await response.json();
    } catch { answer = null; }
    isSending = false;
    if (!answer) {
      for (const key of keys) { waiting.add(key); boxes.get(key).classList.remove("is-saving"); }
      say("Sem gravar: a conexão falhou. O que você digitou continua aqui; tenta-se de novo em instantes.", true);
      setTimeout(send, 5000);
      return;
    }
    answer.celulas.forEach(show);
    for (const cell of answer.celulas) {
      if (sent.has(cell.key) && !["conflito", "recusada"].includes(cell.situacao)) saved.set(cell.key, sent.get(cell.key));
    }
    answer.resultados.forEach(showResult);
    const filled = answer.preenchidas.toLocaleString("pt-BR");
    document.querySelector("[data-grid-filled]").textContent = `${filled} de ${answer.total.toLocaleString("pt-BR")} células preenchidas`;
    document.querySelector("[data-grid-progress]").value = answer.preenchidas;
    const refused = answer.celulas.filter((cell) => ["conflito", "recusada"].includes(cell.situacao)).length;
    if (refused) say(`${refused} não gravada(s): veja a célula marcada.`, true);
    else say(waiting.size ? "Gravando…" : "Gravado.");
    send();
  };

  const keep = (key) => {
    if (asText(key) === saved.get(key)) return;
    waiting.add(key);
    send();
  };

  const inputs = [...form.querySelectorAll("td.box > input:not([type=hidden])")];
  const places = () => inputs.map((input) => ({ input, row: input.closest("tr"), column: input.closest("td").cellIndex }));
  const vertical = (input, step) => {
    const all = places();
    const here = all.find((each) => each.input === input);
    const column = all.filter((each) => each.column === here.column);
    return column[column.indexOf(here) + step]?.input;
  };

  form.addEventListener("change", (event) => {
    const box = event.target.closest("td.box");
    if (box) keep(box.dataset.box);
  });

  form.addEventListener("keydown", (event) => {
    if (!inputs.includes(event.target)) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = vertical(event.target, step);
    if (next) { next.focus(); next.select(); } else keep(event.target.closest("td.box").dataset.box);
  });

  form.addEventListener("paste", (event) => {
    if (!inputs.includes(event.target)) return;
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    let input = event.target;
    let left = 0;
    for (const line of text.split("\n")) {
      if (!input) { left += 1; continue; }
      let cell = input.closest("td");
      for (const value of line.split("\t")) {
        const target = cell?.querySelector(":scope > input:not([type=hidden])");
        if (target) { target.value = value.trim(); waiting.add(cell.dataset.box); } else { left += 1; }
        cell = cell?.nextElementSibling;
      }
      input = vertical(input, 1);
    }
    send();
    if (left) say(`${left} valor(es) colado(s) além da grade não couberam.`, true);
  });

  document.querySelector("[data-grid-send]")?.addEventListener("click", (event) => {
    const active = document.activeElement?.closest?.("td.box");
    if (active) keep(active.dataset.box);
    if (!isSending && !waiting.size) return;
    event.preventDefault();
    const link = event.currentTarget;
    const wait = setInterval(() => { if (!isSending && !waiting.size) { clearInterval(wait); location.assign(link.href); } }, 100);
  });

  window.addEventListener("beforeunload", (event) => { if (isSending || waiting.size) event.preventDefault(); });
})();
