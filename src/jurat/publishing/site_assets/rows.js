"use strict";
(() => {
  const told = document.getElementById("told");
  if (!told) return;
  const page = told.dataset.page, STEP = 100;
  const { kinds, count, part: PART } = JSON.parse(told.dataset.told);
  const body = document.getElementById("rows"), where = document.getElementById("where");
  const box = document.getElementById("find"), turn = document.querySelector(".turn");
  const parts = new Map(), waiting = new Map();
  let first = 0, marked = -1, finder = null;
  turn.hidden = false;

  window.jurat_rows = (at, rows) => { parts.set(at, rows); waiting.get(at)?.(); };
  window.jurat_find = (rows) => { finder = rows; waiting.get("find")?.(); };

  /* Browsers read no other file from disk than scripts; two parts at most are kept. */
  function load(key, name) {
    return new Promise((done) => {
      waiting.set(key, done);
      const script = document.createElement("script");
      script.src = `${page}.${name}.js`;
      script.onload = () => script.remove();
      document.head.append(script);
    });
  }

  async function part(at) {
    if (!parts.has(at)) {
      await load(at, at);
      for (const old of parts.keys()) if (Math.abs(old - at) > 1) parts.delete(old);
    }
    return parts.get(at);
  }

  function cell(text, kind) {
    const made = document.createElement("td");
    made.textContent = text;
    if (kind && !["text", "code", "date"].includes(kind)) made.className = "num";
    return made;
  }

  function row(entry, at) {
    const [what, key, ...words] = entry, made = document.createElement("tr");
    made.className = { h: "heading", t: "subtotal", r: at === marked ? "marked" : "" }[what];
    if (what === "h") {
      const wide = cell(words[0]);
      wide.colSpan = kinds.length + 1;
      made.append(wide);
      return made;
    }
    made.id = `${page}:${key}`;
    made.append(cell(key));
    let cells = words;
    if (what === "t") {
      cells = words.slice(1);
      const label = Math.max(1, kinds.indexOf("money")), over = cell(words[0]);
      over.colSpan = label;
      made.append(over, ...cells.slice(label).map((text, i) => cell(text, kinds[label + i])));
      return made;
    }
    made.append(...cells.map((text, i) => cell(text, kinds[i])));
    return made;
  }

  async function show(from) {
    first = Math.max(0, Math.min(from, Math.max(0, count - 1)));
    const last = Math.min(first + STEP, count), made = [];
    for (let at = first; at < last; at += 1) {
      const rows = await part(Math.floor(at / PART));
      made.push(row(rows[at % PART], at));
    }
    body.replaceChildren(...made);
    where.textContent = `${(first + 1).toLocaleString("en")} to ${last.toLocaleString("en")} of ${count.toLocaleString("en")}`;
  }

  async function find() {
    const asked = box.value.trim().toLowerCase();
    if (!asked) { marked = -1; return show(first); }
    if (!finder) await load("find", "find");
    const hit = finder.find(([, word]) => word.toLowerCase().startsWith(asked))
      || finder.find(([, word]) => word.toLowerCase().includes(asked));
    if (!hit) { where.textContent = "no row has it"; return; }
    marked = hit[0];
    await show(Math.max(0, marked - 5));
  }

  document.getElementById("back").addEventListener("click", () => show(first - STEP));
  document.getElementById("on").addEventListener("click", () => first + STEP < count && show(first + STEP));
  box.addEventListener("input", find);
  show(0);
})();
