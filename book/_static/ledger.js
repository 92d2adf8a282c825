// Sort the rows of the ledger. Without this script the page is the whole table in reading order.
"use strict";
(() => {
  const table = document.querySelector("table.ledger");
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.querySelectorAll("th[data-sort]")];

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

  function sort(name, way) {
    heads.forEach((head) => {
      if (head.dataset.sort === name) head.setAttribute("aria-sort", way);
      else head.removeAttribute("aria-sort");
    });
    const sign = way === "ascending" ? 1 : -1;
    const sorted = rows.map((row) => ({ row, key: keys[name](row), order: keys.place(row) }));
    sorted.sort((a, b) => sign * compare(a.key, b.key) || a.order - b.order);
    table.tBodies[0].append(...sorted.map(({ row }) => row));
  }

  // The most quoted first, the smallest figure first, and on a second press the reverse.
  function press(head) {
    const name = head.dataset.sort;
    const first = name === "quoted" ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const way = head.getAttribute("aria-sort") === first ? other : first;
    sort(name, way);
    kept.keep({ sort: `${name}-${way}` }, true);
  }

  heads.forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => press(head));
    head.append(button);
  });
  kept.restore((query) => {
    const [name, way] = (query.get("sort") ?? "").split("-");
    const known = name in keys && ["ascending", "descending"].includes(way);
    sort(known ? name : "place", known ? way : "ascending");
  });
})();
