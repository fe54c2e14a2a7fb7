/* What the pages do beyond HTML. Everything works without it; events are caught on the document, so that what htmx swaps
   in needs no start. No inline scripts, no eval: the content policy forbids both. */
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

  /* the menu of narrow screens */
  const toggle = () => document.querySelector("[data-menu-toggle]");
  const menu = () => document.getElementById("menu");
  const setMenu = (isOpen) => {
    if (!toggle() || !menu()) return;
    toggle().setAttribute("aria-expanded", String(isOpen));
    menu().classList.toggle("is-open", isOpen);
    if (isOpen) menu().querySelector("a")?.focus();
  };
  const menuIsOpen = () => toggle()?.getAttribute("aria-expanded") === "true";

  /* small boxes that open: one at a time, closed by Esc and by a click elsewhere */
  const closePopovers = (except) => {
    for (const each of document.querySelectorAll("details[data-popover][open]")) {
      if (each !== except && !each.contains(except)) each.open = false;
    }
  };

  /* tabs of one page: sections with a heading become panels */
  const readyTabs = (box, number) => {
    const panels = [...box.children].filter((each) => each.matches("section"));
    const list = document.createElement("div");
    list.className = "tablist";
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", box.dataset.tabs || "Partes desta página");
    panels.forEach((panel, place) => {
      panel.id ||= `parte-${number}-${place}`;
      const tab = document.createElement("button");
      tab.type = "button";
      tab.id = `${panel.id}-aba`;
      tab.textContent = panel.querySelector("[data-tab-title]").textContent;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.tabIndex = 0;
      list.append(tab);
    });
    box.prepend(list);
    box.classList.add("is-ready");
    const wanted = panels.findIndex((panel) => `#${panel.id}` === location.hash);
    showTab(list.children[Math.max(0, wanted)], false);
  };
  const showTab = (tab, takesFocus) => {
    for (const each of tab.parentElement.children) {
      const isShown = each === tab;
      each.setAttribute("aria-selected", String(isShown));
      each.tabIndex = isShown ? 0 : -1;
      document.getElementById(each.getAttribute("aria-controls")).hidden = !isShown;
    }
    if (takesFocus) tab.focus();
  };
  const moveTab = (tab, key) => {
    const tabs = [...tab.parentElement.children];
    const place = tabs.indexOf(tab);
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: tabs.length - 1 }[key];
    if (next === undefined) return false;
    showTab(tabs[(next + tabs.length) % tabs.length], true);
    return true;
  };

  /* selecting rows */
  const picksOf = (list) => [...document.querySelectorAll(`#${CSS.escape(list)} tbody .pick input`)];
  const countPicks = (list) => {
    const bar = document.querySelector(`[data-bulk="${CSS.escape(list)}"]`);
    const picks = picksOf(list);
    const count = picks.filter((each) => each.checked).length;
    const all = document.querySelector(`[data-select-all="${CSS.escape(list)}"]`);
    if (all) { all.checked = count > 0 && count === picks.length; all.indeterminate = count > 0 && count < picks.length; }
    if (!bar) return;
    bar.classList.toggle("has-selection", count > 0);
    const words = count === 1 ? "1 linha selecionada:" : `${count} linhas selecionadas:`;
    bar.querySelector("[data-bulk-count]").textContent = count ? words : "Selecione linhas para:";
  };

  /* explanations beside the page: the link's own page, shown in a panel */
  let panel;
  const openPanel = async (link) => {
    let answer;
    try { answer = await fetch(link.href, { headers: { "X-Requested-With": "painel" } }); } catch { answer = null; }
    if (!answer?.ok) { location.assign(link.href); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.getElementById("conteudo");
    if (!main) { location.assign(link.href); return; }
    panel ??= newPanel();
    const body = panel.querySelector(".panel-body");
    panel.querySelector("a").href = link.href;
    body.replaceChildren(...main.childNodes);
    for (const each of body.querySelectorAll("h1")) { each.id = "painel-titulo"; }
    window.htmx?.process(body);
    panel.showModal();
    panel.scrollTop = 0;
  };
  const newPanel = () => {
    const made = document.createElement("dialog");
    made.className = "panel";
    made.setAttribute("aria-labelledby", "painel-titulo");
    const head = document.createElement("div");
    head.className = "panel-head";
    const close = document.createElement("button");
    close.type = "button";
    close.className = "br-button secondary small";
    close.textContent = "Fechar";
    close.addEventListener("click", () => made.close());
    const whole = document.createElement("a");
    whole.textContent = "Abrir como página";
    head.append(close, whole);
    const body = document.createElement("div");
    body.className = "panel-body";
    made.append(head, body);
    made.addEventListener("click", (event) => { if (event.target === made) made.close(); });
    document.body.append(made);
    return made;
  };

  /* forms: what was typed is not lost without a question; long texts say how much room is left */
  const dirty = new Set();
  const markDirty = (form, isDirty) => {
    if (isDirty) dirty.add(form); else dirty.delete(form);
    const said = form.querySelector("[data-unsaved]");
    if (said) said.hidden = !isDirty;
  };
  const countText = (text) => {
    const said = document.querySelector(`[data-limit-of="${CSS.escape(text.id)}"]`);
    if (!said) return;
    const left = Number(text.dataset.limit) - text.value.length;
    said.classList.toggle("is-over", left < 0);
    const amount = Math.abs(left).toLocaleString("pt-BR");
    said.textContent = left < 0 ? `Passou ${amount} caracteres do limite.` : `Restam ${amount} caracteres.`;
  };

  document.addEventListener("click", (event) => {
    if (closest(event, "[data-menu-toggle]")) { setMenu(!menuIsOpen()); return; }
    if (menuIsOpen() && !closest(event, "#menu")) setMenu(false);
    closePopovers(closest(event, "details[data-popover]"));
    const dismiss = closest(event, "[data-dismiss]");
    if (dismiss) { dismiss.closest(dismiss.dataset.dismiss)?.remove(); return; }
    const tab = closest(event, "[role=tab]");
    if (tab) { showTab(tab, true); return; }
    const link = closest(event, "a[data-panel]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      openPanel(link);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details[data-popover][open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); return; }
      if (menuIsOpen()) { setMenu(false); toggle().focus(); }
      return;
    }
    const tab = closest(event, "[role=tab]");
    if (tab && moveTab(tab, event.key)) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    const all = closest(event, "[data-select-all]");
    if (all) {
      for (const each of picksOf(all.dataset.selectAll)) each.checked = all.checked;
      countPicks(all.dataset.selectAll);
    } else if (closest(event, ".pick")) {
      countPicks(event.target.closest(".list").id);
    }
  });

  let typing;
  document.addEventListener("input", (event) => {
    const guarded = closest(event, "form[data-guard]");
    if (guarded) markDirty(guarded, true);
    if (event.target.matches?.("textarea[data-limit]")) countText(event.target);
    if (event.target.matches?.("[data-search]")) {
      clearTimeout(typing);
      typing = setTimeout(() => event.target.form?.requestSubmit(), 350);
    }
  });

  document.addEventListener("submit", (event) => {
    const bulk = event.target.matches("[data-bulk]") ? event.target : null;
    if (bulk && !picksOf(bulk.dataset.bulk).some((each) => each.checked)) {
      event.preventDefault();
      bulk.querySelector("[data-bulk-count]").textContent = "Selecione ao menos uma linha.";
      return;
    }
    markDirty(event.target, false);
  });

  window.addEventListener("beforeunload", (event) => {
    for (const form of dirty) if (form.isConnected) { event.preventDefault(); return; }
  });

  const start = () => {
    document.querySelectorAll("[data-tabs]:not(.is-ready)").forEach(readyTabs);
    document.querySelectorAll("textarea[data-limit]").forEach(countText);
    document.querySelector("[data-focus]")?.focus();
  };
  start();
  document.addEventListener("htmx:after:process", () => {
    document.querySelectorAll("[data-tabs]:not(.is-ready)").forEach(readyTabs);
  });
  document.addEventListener("htmx:after:swap", () => {
    for (const bar of document.querySelectorAll("[data-bulk]")) {
      for (const each of picksOf(bar.dataset.bulk)) each.checked = false;
      countPicks(bar.dataset.bulk);
    }
  });
})();
