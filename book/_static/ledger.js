// Find, filter, sort and link the rows of the ledger. Without this script the page is the whole
// table in reading order.
"use strict";
(() => {
  const table = document.querySelector("table.ledger");
  const form = document.querySelector(".ledger-controls");
  if (!table || !form) return;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, text: "" }));
  const status = form.querySelector("[role=status]");
  const filters = ["document", "topic", "unit"];

  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");

  function show() {
    const words = plain(form.elements.words.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const entry of rows) {
      entry.text ||= plain(`${entry.row.textContent} ${entry.row.id}`);
      const fits =
        words.every((word) => entry.text.includes(word)) &&
        filters.every((name) => {
          const wanted = form.elements[name].value;
          return !wanted || entry.row.dataset[name] === wanted;
        });
      entry.row.hidden = !fits;
      count += fits;
    }
    status.textContent =
      count === rows.length ? `All ${count} figures` : `${count} of ${rows.length} figures`;
  }

  // A value that the document does not know sorts last, whichever way.
  const keys = {
    figure: (row) => (row.dataset.value === "" ? NaN : Number(row.dataset.value)),
    quantity: (row) => row.querySelector("b").textContent,
    place: (row) => Number(row.dataset.order),
    quoted: (row) => Number(row.dataset.quoted),
  };

  function compare(a, b) {
    if (typeof a === "string") return a.localeCompare(b, "en");
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
    return a - b;
  }

  function sort(head) {
    const name = head.dataset.sort;
    // The most quoted first, the smallest figure first, and on a second press the reverse.
    const first = name === "quoted" ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const way = head.getAttribute("aria-sort") === first ? other : first;
    for (const cell of head.parentElement.cells) cell.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", way);
    const sign = way === "ascending" ? 1 : -1;
    const key = keys[name];
    const sorted = rows.map(({ row }) => ({ row, key: key(row), order: keys.place(row) }));
    sorted.sort((a, b) => sign * compare(a.key, b.key) || a.order - b.order);
    body.append(...sorted.map(({ row }) => row));
    status.textContent = `Sorted by ${head.textContent.toLowerCase()}, ${way}`;
  }

  for (const head of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }

  // A link to a row must show it, whatever is filtered away.
  function arrive() {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row || !body.contains(row)) return;
    if (row.hidden) {
      form.reset();
      show();
    }
    row.scrollIntoView({ block: "center" });
  }

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 80);
  });
  form.addEventListener("reset", () => setTimeout(show, 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", arrive);
  show();
  arrive();
})();
