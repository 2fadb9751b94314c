// Keys, dialogs, busy sign, toasts, files: what the shared page does in the browser.
// Everything hangs on data attributes; pages write no script of their own.
(() => {
  "use strict";
  const body = document.body;
  const root = document.documentElement;
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const typing = (at) => at.closest("input, textarea, select, [contenteditable]") !== null;

  // Light and dark without a reload; the form itself works with no script.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-theme-switch]")) return;
    event.preventDefault();
    const chosen = event.submitter.value;
    root.setAttribute("data-bs-theme", chosen);
    document.cookie = `tongguan_theme=${chosen};path=/;max-age=31536000;samesite=lax`;
    document.dispatchEvent(new CustomEvent("tongguan:theme"));
    const other = all("[data-theme-switch] button").find((one) => one.value !== chosen);
    if (other) other.focus();
  });

  // Dialogs: data-opens="id" opens, data-closes closes. A form's own dialog asks before it is sent.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      if (dialog && !dialog.open) {
        event.preventDefault();
        dialog.showModal();
      }
    }
    const closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog").close();
    const dismissed = event.target.closest("[data-dismiss]");
    if (dismissed) dismissed.parentElement.remove();
    if (event.target.matches("dialog.asks")) event.target.close();
    all("details.popover[open]").forEach((one) => one.contains(event.target) || (one.open = false));
  });

  // Keys: / search, j and k rows, Enter opens, ? help. They can be switched off in the help.
  const keysOff = () => localStorage.getItem("tongguan-keys") === "off";
  const keySwitch = document.querySelector("[data-keys-switch]");
  if (keySwitch) {
    keySwitch.checked = !keysOff();
    keySwitch.addEventListener("change", () => localStorage.setItem("tongguan-keys", keySwitch.checked ? "on" : "off"));
  }
  const rows = () => all("table[data-keys] tbody tr").filter((row) => row.querySelector("a[href]"));
  const here = () => rows().findIndex((row) => row.classList.contains("here"));
  const goTo = (index) => {
    const found = rows();
    if (!found.length) return;
    found.forEach((row) => row.classList.remove("here"));
    const row = found[Math.max(0, Math.min(index, found.length - 1))];
    row.classList.add("here");
    row.querySelector("a[href]").focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const keys = {
    "/": () => {
      const search = document.getElementById("search");
      if (search) { search.focus(); search.select(); }
    },
    "?": () => { const help = document.getElementById("help"); if (help && !help.open) help.showModal(); },
    j: () => goTo(here() + 1),
    k: () => goTo(here() - 1),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details.popover[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      if (event.target.id === "search") event.target.blur();
      return;
    }
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (modified || keysOff() || typing(event.target) || document.querySelector("dialog[open]")) return;
    const act = keys[event.key] || pageKey(event.key);
    if (act) { event.preventDefault(); act(); return; }
    const row = rows()[here()];
    if (event.key === "Enter" && row && !event.target.closest("a, button, summary")) row.querySelector("a[href]").click();
  });
  // A page gives a button or link its own key: data-key="n".
  const pageKey = (key) => {
    const target = all("[data-key]").find((one) => one.dataset.key === key);
    return target && (() => target.click());
  };

  // Busy: a sign when an answer takes more than a moment; pages that refresh by themselves stay still.
  let waiting = 0;
  let timer = 0;
  const busy = document.getElementById("busy");
  const silent = (event) => /^(hx:poll|load|revealed|$)/.test(event.detail.requestConfig.triggeringEvent?.type || "");
  const show = (on) => { clearTimeout(timer); if (on) timer = setTimeout(() => (busy.hidden = false), 250); else busy.hidden = true; };
  body.addEventListener("htmx:beforeRequest", (event) => { if (!silent(event)) show((waiting += 1) > 0); });
  body.addEventListener("htmx:afterRequest", (event) => { if (!silent(event)) show((waiting = Math.max(0, waiting - 1)) > 0); });
  // A list does not refresh itself unseen, nor while the reader is at something in it.
  body.addEventListener("htmx:beforeRequest", (event) => {
    const { target } = event.detail;
    const inUse = target.querySelector("dialog[open], details[open], :is(input, select, textarea):focus");
    if (silent(event) && (document.hidden || inUse)) event.preventDefault();
  });
  window.addEventListener("beforeunload", () => show(true));
  window.addEventListener("pageshow", () => { waiting = 0; show(false); });

  // Toasts: an answer's HX-Trigger header {"toast": {"words": "…", "kind": "success"}}, or trouble.
  const toast = (words, kind = "info") => {
    const line = document.createElement("p");
    line.className = `toast-line toast-${kind}`;
    line.textContent = words;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn-close";
    close.dataset.dismiss = "";
    close.setAttribute("aria-label", body.dataset.wordsClose);
    line.append(close);
    const toasts = document.getElementById("toasts");
    all(".toast-line", toasts).forEach((one) => one.firstChild.textContent === words && one.remove());
    toasts.append(line);
    if (kind !== "error") setTimeout(() => line.remove(), 8000);
  };
  body.addEventListener("toast", (event) => toast(event.detail.words, event.detail.kind));
  body.addEventListener("htmx:sendError", () => toast(body.dataset.wordsOffline, "error"));
  body.addEventListener("htmx:timeout", () => toast(body.dataset.wordsOffline, "error"));
  body.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) toast(body.dataset.wordsTrouble, "error");
  });
  // A refusal is a page part like any other: 4xx answers with HTML are put in place.
  body.addEventListener("htmx:beforeSwap", (event) => {
    const { status } = event.detail.xhr;
    const html = (event.detail.xhr.getResponseHeader("Content-Type") || "").startsWith("text/html");
    if ((status === 422 || status === 409) && html) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });

  // After rows are refreshed the chosen row stays chosen, and changed ones show it.
  let chosen = "";
  let before = new Map();
  const textOf = (row) => row.textContent.replace(/\s+/g, " ");
  body.addEventListener("htmx:beforeSwap", () => {
    const row = rows()[here()];
    chosen = row ? row.id : "";
    before = new Map(all("table[data-keys] tbody tr[id]").map((one) => [one.id, one.dataset.version || ""]));
  });
  body.addEventListener("htmx:afterSettle", () => {
    const row = chosen && document.getElementById(chosen);
    if (row) row.classList.add("here");
    // A case that takes the place of its list is read from its beginning.
    const list = document.querySelector("[data-opened] > .list");
    if (list && !list.checkVisibility()) window.scrollTo(0, 0);
    all("table[data-keys] tbody tr[id]").forEach((one) => {
      if (before.size && before.get(one.id) !== (one.dataset.version || "")) one.classList.add("changed");
    });
    prepare();
  });

  // What is typed survives a lost page: a form with data-keep="name" keeps a draft in this browser,
  // for this person, until another page has answered it. With data-given the page brings what was
  // sent. Fields that the page lacks, of further lines, are asked for and put in place.
  const draftOf = (name) => `tongguan-draft:${body.dataset.person || ""}:${name}`;
  const keep = (form) => {
    form.dataset.ready = "";
    const key = draftOf(form.dataset.keep);
    const fields = () => [...form.elements].filter((one) => one.name && !["hidden", "password", "file", "submit"].includes(one.type));
    const save = () => localStorage.setItem(key, JSON.stringify(Object.fromEntries(fields().map((one) => [one.name, one.value]))));
    form.addEventListener("input", save);
    form.addEventListener("htmx:afterSettle", save);
    form.addEventListener("submit", () => sessionStorage.setItem("tongguan-sent", key));
    if ("given" in form.dataset) { save(); return; }
    const kept = JSON.parse(localStorage.getItem(key) || "{}");
    const known = new Set(fields().map((one) => one.name));
    fields().forEach((one) => { if (one.name in kept) one.value = kept[one.name]; });
    if (form.dataset.keepPart && Object.keys(kept).some((name) => kept[name] && !known.has(name))) {
      const part = form.dataset.keepPart;
      htmx.ajax("POST", form.action, { source: form, target: part, select: part, swap: "outerHTML", values: { ...kept, act: "keep" } });
    }
  };
  const sent = sessionStorage.getItem("tongguan-sent");
  sessionStorage.removeItem("tongguan-sent");
  if (sent && !all("form[data-keep]").some((form) => draftOf(form.dataset.keep) === sent)) localStorage.removeItem(sent);

  // Files: dropped on the zone or chosen; how far the sending has come.
  const prepare = () => {
    all("form[data-drop]:not([data-ready])").forEach((form) => {
      form.dataset.ready = "";
      const input = form.querySelector("input[type=file]");
      const chosenFiles = form.querySelector("[data-chosen]");
      const progress = form.querySelector("progress");
      const tell = () => (chosenFiles.textContent = [...input.files].map((file) => file.name).join(", "));
      input.addEventListener("change", tell);
      ["dragover", "dragleave", "drop"].forEach((kind) => form.addEventListener(kind, (event) => {
        event.preventDefault();
        form.classList.toggle("drop-over", kind === "dragover");
        if (kind === "drop" && event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); }
      }));
      form.addEventListener("htmx:xhr:progress", (event) => {
        progress.hidden = false;
        if (event.detail.lengthComputable) progress.value = (100 * event.detail.loaded) / event.detail.total;
      });
      form.addEventListener("htmx:afterRequest", () => (progress.hidden = true));
    });
    // A summary of problems is read first.
    all("[data-focus]:not([data-ready])").forEach((summary) => { summary.dataset.ready = ""; summary.focus({ preventScroll: true }); });
    all("form[data-keep]:not([data-ready])").forEach(keep);
  };
  prepare();
})();
