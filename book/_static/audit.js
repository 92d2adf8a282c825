// Long tables of this page can be narrowed by class, document, verdict, status, gravity and words.
// Without it they read in full.
"use strict";

const MANY = 20;
const CHOICES = ["Class", "Documents", "Document", "How", "Verdict", "Status", "Gravity"];

const make = (tag, text = "", attributes = {}) => {
  const element = document.createElement(tag);
  element.textContent = text;
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
};

// A cell that names both documents of a comparison counts for each of them.
const parts = (cell) => cell.textContent.split("; ").map((part) => part.trim());

function filterable(figure) {
  const table = figure.querySelector("table");
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const form = make("form", "", { class: "filter", role: "search" });
  const status = make("output", "", { class: "filter-status", "aria-live": "polite" });
  const tests = [];

  CHOICES.filter((head) => heads.includes(head)).forEach((head) => {
    const column = heads.indexOf(head);
    const values = [...new Set(rows.flatMap((row) => parts(row.cells[column])))].sort();
    const select = make("select", "", { name: head });
    select.append(make("option", "all", { value: "" }));
    values.forEach((value) => select.append(make("option", value, { value })));
    const label = make("label", head);
    label.append(select);
    form.append(label);
    tests.push((row) => !select.value || parts(row.cells[column]).includes(select.value));
  });

  const words = make("input", "", { type: "search", name: "words", autocomplete: "off" });
  const label = make("label", "Words");
  label.append(words);
  form.append(label, make("button", "Show all", { type: "reset" }), status);
  tests.push((row) => row.textContent.toLowerCase().includes(words.value.trim().toLowerCase()));

  const apply = () => {
    rows.forEach((row) => (row.hidden = !tests.every((test) => test(row))));
    const shown = rows.filter((row) => !row.hidden).length;
    status.textContent = `${shown} of ${rows.length} rows`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  // The fields are emptied after the event.
  form.addEventListener("reset", () => setTimeout(apply));
  figure.querySelector(".exhibit-scroll").before(form);
  apply();
}

document.querySelectorAll('figure[id^="audit-"][data-kind="table"]').forEach((figure) => {
  if (figure.querySelectorAll("tbody tr").length > MANY) filterable(figure);
});
