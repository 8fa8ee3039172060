"use strict";
(() => {
  const MOST = 60, NEAR = 3;
  const box = document.getElementById("search");
  const list = document.getElementById("found");
  const cells = window.jurat.cells;
  const home = document.body.dataset.page;
  const order = new Map(Object.keys(window.jurat.pages).map((page, at) => [page, at]));
  let known = null;

  /* What is searched: each cell that shows something, once, in page order. */
  function entries() {
    if (known) return known;
    known = Object.entries(cells)
      .filter(([place, cell]) => cell.shown && cell.shown !== "(blank)" && !place.startsWith("prior "))
      .map(([place, cell]) => ({
        place, cell, page: place.split(":")[0], amount: amountOf(cell.shown),
        words: [place, cell.shown, cell.caption, cell.where].join(" ").toLowerCase(),
      }));
    known.sort((one, other) => (order.get(one.page) ?? 99) - (order.get(other.page) ?? 99) || place(one, other));
    return known;
  }

  function place(one, other) {
    return one.place.localeCompare(other.place, "en", { numeric: true });
  }

  /* A figure as printed: parentheses or a minus sign are less than zero. */
  function amountOf(text) {
    const bare = text.trim().replace(/[$%\s]/g, "");
    if (!/^[(-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?\)?$/.test(bare) || !/\d/.test(bare)) return null;
    const size = Number(bare.replace(/[(),-]/g, ""));
    return /^[(-]/.test(bare) ? -size : size;
  }

  /* Who shows an amount: with its sign if one is typed, either sign if none; then what is near. */
  function byAmount(asked) {
    const signed = asked < 0;
    const off = (one) => Math.abs((signed ? one.amount : Math.abs(one.amount)) - asked);
    const figures = entries().filter((one) => one.amount !== null);
    const exact = figures.filter((one) => off(one) === 0);
    const near = Math.abs(asked) > 100 ? figures.filter((one) => off(one) > 0 && off(one) <= NEAR) : [];
    return [["shows it", "show it", exact], ["is within " + NEAR + " of it", "are within " + NEAR + " of it", near]];
  }

  function byWords(asked) {
    const words = asked.toLowerCase().split(/\s+/);
    const found = entries().filter((one) => words.every((word) => one.words.includes(word)));
    const first = found.filter((one) => one.place.startsWith(asked.toLowerCase()));
    return [["has these words", "have these words", [...first, ...found.filter((one) => !first.includes(one))]]];
  }

  function result(one) {
    const link = document.createElement("a");
    link.href = (one.page === home ? "" : one.page + ".html") + "#" + one.place;
    const told = [["b", one.cell.shown], ["span", one.cell.caption || ""], ["small", one.cell.where || one.place]];
    for (const [name, text] of told) {
      const piece = document.createElement(name);
      piece.textContent = text.length > 160 ? text.slice(0, 160) + " …" : text;
      link.append(piece);
    }
    return link;
  }

  function told(text) {
    const line = document.createElement("p");
    line.textContent = text;
    return line;
  }

  function search() {
    const asked = box.value.trim();
    list.hidden = !asked;
    list.replaceChildren();
    if (!asked) return;
    const amount = amountOf(asked);
    const groups = amount === null ? byWords(asked) : byAmount(amount);
    let all = 0;
    for (const [one, many, found] of groups) {
      if (!found.length) continue;
      all += found.length;
      const more = found.length > MOST ? ", the first " + MOST + " of them" : "";
      list.append(told(found.length.toLocaleString("en") + (found.length === 1 ? " cell " + one : " cells " + many) + more));
      list.append(...found.slice(0, MOST).map(result));
    }
    if (!all) list.append(told("No cell " + (amount === null ? "has these words." : "shows this amount.")));
  }

  function shut() {
    list.hidden = true;
  }

  box.addEventListener("input", search);
  box.addEventListener("focus", search);
  box.addEventListener("keydown", (event) => {
    const first = list.querySelector("a");
    if (event.key === "Enter" && first) first.click();
    if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      first.focus();
    }
  });
  list.addEventListener("click", shut);
  list.addEventListener("keydown", (event) => {
    const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!next) return;
    event.preventDefault();
    let to = document.activeElement[next];
    while (to && to.tagName !== "A") to = to[next];
    (to || box).focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
    const isTyping = event.target.closest && event.target.closest("input");
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      box.focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) shut();
  });
  document.querySelector(".search").hidden = false;

  /* The page one is on stands in sight in the contents. */
  const index = document.querySelector("nav.index"), here = index.querySelector("[aria-current]");
  if (here) index.scrollTop = here.offsetTop - index.clientHeight / 2;
})();
