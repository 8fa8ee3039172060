"use strict";
(() => {
  /* One file holds its data; the pages of a folder share theirs, and link to one another. */
  const held = document.getElementById("data");
  const data = held ? JSON.parse(held.textContent) : window.jurat;
  const home = document.body.dataset.page;
  const panel = document.getElementById("panel");
  const GRADES = ["fail", "not run", "accepted", "rounding", "pass"];
  let opener = null;

  /* An element with text or elements in it; text is never markup. */
  function make(name, kind, ...content) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...content.filter((piece) => piece !== "" && piece != null));
    return made;
  }

  function link(place) {
    const isKnown = place in data.cells && !place.startsWith("prior ");
    const made = make(isKnown ? "a" : "span", "ref", place);
    if (isKnown) made.href = hrefOf(place);
    return made;
  }

  function hrefOf(place) {
    const page = place.split(":")[0];
    return (!home || page === home ? "" : page + ".html") + "#" + place;
  }

  /* -- the reason tree ---------------------------------------------------- */

  /* A part of its own line is told by its column. */
  function figureLine(place, sign, whole) {
    const cell = data.cells[place] || { shown: "", caption: place };
    const column = cell.caption === whole.caption ? cell.where.indexOf("Col. ") : -1;
    const name = column < 0 ? cell.caption || cell.where : cell.where.slice(column);
    return make("span", "line",
      make("span", "what", sign < 0 ? make("i", "", "less ") : "", name, " ", link(place)),
      make("span", "num", cell.shown));
  }

  function tree(place, above, depth) {
    const cell = data.cells[place];
    const list = make("ul", "tree");
    for (const [sign, part] of cell.parts || []) {
      const inner = data.cells[part];
      const goesOn = inner && inner.rule && !above.includes(part);
      if (!goesOn) {
        list.append(make("li", "", figureLine(part, sign, cell)));
        continue;
      }
      const fold = make("details", "", make("summary", "", figureLine(part, sign, cell)));
      const grow = () => {
        if (fold.open && fold.children.length === 1) fold.append(...reason(part, above, depth + 1));
      };
      fold.addEventListener("toggle", grow);
      list.append(make("li", "", fold));
    }
    return list;
  }

  function reason(place, above, depth) {
    const cell = data.cells[place];
    const told = [make("p", "rule", "= ", cell.rule), tree(place, [...above, place], depth)];
    if (cell.rest) told.push(make("p", "rest", cell.rest + " is not explained by the parts: rounding, or a break."));
    return told;
  }

  /* -- checks ------------------------------------------------------------- */

  /* A warning that fails is told as one. */
  function chip(one) {
    const isWarning = one.grade === "fail" && one.severity === "warning";
    const kind = isWarning ? "warn" : one.grade.replace(" ", "-");
    return [kind, make("span", "chip " + kind, isWarning ? "warning" : one.grade)];
  }

  function check(one) {
    const [kind, grade] = chip(one);
    const told = make("div", "check " + kind,
      make("p", "law", grade, " ", one.law, " ", make("code", "", one.id)));
    if (one.left && one.grade !== "pass") {
      const sides = make("table", "sides");
      const rows = [["Left side", one.left, one.cell], ["Right side", one.right, one.other], ["Difference", one.off || "0"], ["Allowed", one.allowed]];
      for (const [name, figure, place] of rows) {
        sides.append(make("tr", name === "Difference" ? "off" : "", make("td", "", name, " ", place ? link(place) : ""), make("td", "num", figure)));
      }
      told.append(sides);
    }
    if (one.why) told.append(make("p", "why", one.why));
    for (const [name, text] of [["Note", one.detail], ["Hint", one.hint], ["Holds when", one.premise]]) {
      if (text) told.append(make("p", "more", make("b", "", name), " ", text));
    }
    return told;
  }

  function quiet(one) {
    return make("li", "", chip(one)[1], " ", one.law, " ", make("code", "", one.id));
  }

  function checks(cell) {
    const all = (cell.checks || []).map((at) => data.checks[at]);
    all.sort((one, other) => GRADES.indexOf(one.grade) - GRADES.indexOf(other.grade));
    const loud = all.filter((one) => !["pass", "not run"].includes(one.grade) || (one.grade === "not run" && one.detail.includes("read")));
    const rest = all.filter((one) => !loud.includes(one));
    if (!all.length) return [make("p", "empty", "No check looks at this cell.")];
    const told = loud.map(check);
    if (rest.length) told.push(make("ul", "quiet", ...rest.map(quiet)));
    return told;
  }

  /* -- evidence ----------------------------------------------------------- */

  function evidence(cell) {
    const told = [];
    if (cell.line) {
      told.push(make("p", "", (data.source || "The document") + ", line " + cell.line + ", reads"), make("pre", "", cell.raw || "(blank)"));
    }
    if (cell.repair) {
      const [seen, chosen, proof, rejected] = cell.repair;
      const list = make("dl", "repair");
      const rows = [["Repaired: saw", seen], ["Chose", chosen], ["Because", proof],
        ["Rejected", rejected.length ? rejected.join("; ") : "no other reading was possible"]];
      for (const [name, text] of rows) list.append(make("dt", "", name), make("dd", "", text));
      told.push(list);
    }
    for (const doubt of cell.doubts || []) told.push(make("p", "doubtful", "In doubt: " + doubt));
    if (cell.told) told.push(make("p", "", cell.told[0].toUpperCase() + cell.told.slice(1) + "."));
    return told;
  }

  /* -- the panel ---------------------------------------------------------- */

  function fill(place) {
    const cell = data.cells[place];
    const close = make("button", "close", "Close");
    close.type = "button";
    close.addEventListener("click", shut);
    const why = cell.rule ? reason(place, [], 0) : [make("p", "empty", "No rule of the form fills this cell; it stands on its own.")];
    panel.replaceChildren(
      close,
      make("p", "where", cell.where || place),
      make("h2", "", cell.shown),
      make("p", "caption", cell.caption || ""),
      make("p", "", make("code", "", place)),
      make("h3", "", "Reason"), ...why,
      make("h3", "", "Checks it takes part in"), ...checks(cell),
      make("h3", "", "Evidence"), ...evidence(cell));
    panel.scrollTop = 0;
  }

  function figure(place) {
    return document.querySelector('[data-a="' + CSS.escape(place) + '"]');
  }

  function mark(place) {
    document.querySelectorAll(".open").forEach((one) => one.classList.remove("open"));
    const shown = place ? figure(place) : null;
    if (shown) shown.classList.add("open");
    return shown;
  }

  function open(place, isFar) {
    const shown = mark(place);
    const top = shown ? shown.getBoundingClientRect().top : 0;
    fill(place);
    panel.hidden = false;
    document.body.classList.add("asking");
    if (shown) {
      if (!isFar) scrollBy(0, shown.getBoundingClientRect().top - top); /* the page grew narrower */
      const fold = shown.closest("details");
      if (fold) fold.open = true;
      shown.scrollIntoView({ block: isFar && !narrow.matches ? "center" : "nearest", inline: "nearest" });
    }
    panel.focus({ preventScroll: true });
  }

  function shut() {
    if (panel.hidden) return;
    panel.hidden = true;
    document.body.classList.remove("asking");
    mark("");
    history.replaceState(null, "", location.pathname + location.search);
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  }

  function asked() {
    const place = decodeURIComponent(location.hash.slice(1));
    return place in data.cells ? place : "";
  }

  /* A page of the index that stands folded, or a place, from the address bar. */
  function follow() {
    const place = asked();
    if (place) {
      opener = figure(place);
      open(place, true);
    } else {
      shut();
    }
  }

  document.addEventListener("click", (event) => {
    const clicked = event.target.closest('a[href^="#"]');
    if (!clicked || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const place = decodeURIComponent(clicked.getAttribute("href").slice(1));
    if (!(place in data.cells)) {
      if (clicked.closest("nav") && narrow.matches) clicked.closest("details").open = false;
      return;
    }
    event.preventDefault();
    const isFigure = clicked.classList.contains("fig");
    opener = isFigure ? clicked : figure(place) || clicked;
    history.pushState(null, "", "#" + place);
    open(place, !isFigure);
  });

  /* Arrows move from figure to figure in a table. */
  function step(from, down, right) {
    const cell = from.closest("td");
    if (!cell) return null;
    let row = cell.parentElement, at = cell.cellIndex;
    for (;;) {
      if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      at += right;
      if (!row || at < 0 || at >= row.cells.length) {
        if (!row || !down) return null;
        continue;
      }
      const found = row.cells[at].querySelector(".fig");
      if (found) return found;
    }
  }

  const MOVES = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return shut();
    const from = event.target;
    if (!(event.key in MOVES) || !from.classList || !from.classList.contains("fig")) return;
    const to = step(from, ...MOVES[event.key]);
    if (to) {
      event.preventDefault();
      to.focus();
    }
  });

  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);

  /* On a narrow screen the contents fold to one line. */
  const narrow = matchMedia("(max-width: 899px)");
  function foldContents() {
    document.querySelector("nav.index details").open = !narrow.matches;
  }
  narrow.addEventListener("change", foldContents);
  foldContents();
  if (asked()) follow();
})();
