// Long tables can be narrowed by words and by what few values there are to choose from. A table says
// so by `data-filter`, its name in the address, and `data-choices`: numbers of columns, or names of
// the data of its rows. Without this script it reads in full.
"use strict";
(() => {
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };

  // What there is to choose: a label, and the values of a row. A cell that names several counts for each.
  function choice(table, given) {
    const column = Number(given);
    if (Number.isNaN(column)) {
      const label = given[0].toUpperCase() + given.slice(1);
      return { label, values: (row) => [row.dataset[given]] };
    }
    const label = table.tHead.rows[0].cells[column].textContent;
    return { label, values: (row) => row.cells[column].textContent.split("; ").map((part) => part.trim()) };
  }

  function filter(table) {
    const { filter: name, choices = "", noun = "rows" } = table.dataset;
    const rows = [...table.tBodies[0].rows];
    const texts = new Map();
    const key = (label) => [name, label.toLowerCase().replaceAll(" ", "-")].filter(Boolean).join(".");
    const fields = [];

    const add = (label, control, fits) => {
      control.name = key(label);
      fields.push({ control, fits });
      return make("label", {}, label, control);
    };
    const words = make("input", { type: "search", autocomplete: "off" });
    const form = make("form", { class: "filter", role: "search" });
    form.append(
      add("Words", words, (row) => {
        if (!texts.has(row)) texts.set(row, plain(`${row.textContent} ${row.id}`));
        return plain(words.value).split(/\s+/).every((word) => texts.get(row).includes(word));
      }),
    );
    choices.split(" ").filter(Boolean).map((given) => choice(table, given)).forEach(({ label, values }) => {
      const select = make("select", { autocomplete: "off" }, make("option", { value: "" }, "all"));
      const found = new Set(rows.flatMap(values));
      select.append(...[...found].map((value) => make("option", { value }, value)));
      form.append(add(label, select, (row) => !select.value || values(row).includes(select.value)));
    });
    const status = make("p", { class: "filter-status", role: "status" });
    form.append(make("button", { type: "reset" }, "Show all"), status);
    const subject = table.getAttribute("aria-label") ?? table.closest("figure")?.querySelector(".exhibit-number")?.textContent;
    form.setAttribute("aria-label", `Narrow: ${subject}`);

    const show = () => {
      rows.forEach((row) => (row.hidden = !fields.every(({ fits }) => fits(row))));
      const shown = rows.filter((row) => !row.hidden).length;
      status.textContent = `${shown} of ${rows.length} ${noun} shown`;
    };
    const keep = (step) => kept.keep(Object.fromEntries(fields.map(({ control }) => [control.name, control.value])), step);
    const clear = () => {
      fields.forEach(({ control }) => (control.value = ""));
      show();
      keep(true);
    };

    let waiting = 0;
    form.addEventListener("input", (event) => {
      const typed = event.target === words;
      clearTimeout(waiting);
      waiting = setTimeout(() => (show(), keep(!typed)), typed ? 80 : 0);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      clear();
    });
    const room = table.previousElementSibling;
    if (room?.matches(".filter-room")) room.replaceWith(form);
    else (table.closest(".exhibit-scroll") ?? table).before(form);
    kept.restore((query) => {
      fields.forEach(({ control }) => (control.value = query.get(control.name) ?? ""));
      // A value that the table does not have is none.
      fields.forEach(({ control }) => (control.selectedIndex === -1 ? (control.value = "") : null));
      show();
    });

    // A link to a row must show it, whatever was filtered away.
    const arrive = () => {
      const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!row || !table.contains(row)) return;
      if (row.hidden) clear();
      row.scrollIntoView({ block: "center" });
    };
    addEventListener("hashchange", arrive);
    arrive();
  }

  // In a fold a form is made when it is opened: browsers lay out what holds a form, shown or not.
  // Each other is a task of its own, so that none holds a phone up.
  document.querySelectorAll("table[data-filter]").forEach((table) => {
    const fold = table.closest("details:not([open])");
    if (fold) fold.addEventListener("toggle", () => filter(table), { once: true });
    else setTimeout(filter, 0, table);
  });
})();
