// Questions that readers may put to a page; answered from the data that the page holds.
"use strict";
(() => {
  const asked = JSON.parse(document.getElementById("asked").textContent);
  const figure = document.getElementById(asked.before);
  const number = new Intl.NumberFormat("en-GB");

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };
  const labelled = (text, control) => make("label", {}, make("span", {}, text), control);
  const choice = (name, options) => {
    const select = make("select", { name });
    options.forEach(([value, text]) => select.append(make("option", { value }, text)));
    return select;
  };

  // A form before the figure, with what was asked last in it, answered at once and on each change.
  function ask(title, fields, answer) {
    const output = make("output", { "aria-live": "polite" });
    const form = make("form", { class: "ask", "aria-label": title }, make("p", { class: "ask-title" }, title));
    form.append(...fields, output);
    const controls = [...form.elements].filter((control) => control.name);
    const first = controls.map((control) => control.value);
    const chosen = () => Object.fromEntries(controls.map((c) => [c.name, c.value]));
    const tell = () => output.replaceChildren(answer(chosen()));
    form.addEventListener("input", (event) => {
      tell();
      kept.keep(chosen(), event.target.localName === "select");
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    figure.before(form);
    kept.restore((query) => {
      controls.forEach((control, i) => (control.value = query.get(control.name) ?? first[i]));
      tell();
      // A link with a question in it leads to the answer.
      if (location.hash === `#${asked.before}` && controls.some((c) => query.has(c.name))) form.scrollIntoView();
    });
  }

  const table = (heads, rows) => {
    const side = (column) => (rows.every((row) => /^[\d,–]+$/.test(row[column])) ? { class: "num" } : {});
    const cell = (tag, more) => (text, column) => make(tag, { ...more, ...side(column) }, text);
    const head = make("tr", {}, ...heads.map(cell("th", { scope: "col" })));
    const body = rows.map((row) => {
      const cells = row.map(cell("td", {}));
      cells[0] = make("th", { scope: "row" }, row[0]);
      return make("tr", {}, ...cells);
    });
    return make("div", { class: "exhibit-scroll" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
  };

  function majority() {
    const { counts } = asked;
    const silent = counts[0][2];
    const slider = make("input", { type: "range", name: "silent", min: 0, max: silent, value: Math.round(silent / 2) });
    const ways = choice("count", counts.map(([name], i) => [i, name]));
    ask(
      "How many of the silent would have had to favour a conference?",
      [labelled("Silent States in favour", slider), labelled("Counted by", ways)],
      ({ silent: more, count }) => {
        const [, favour, , all] = counts[count] ?? counts[0];
        const total = favour + Number(more);
        const verdict = total * 2 > all ? "A majority" : "No majority";
        const share = ((100 * total) / all).toFixed(1);
        return `${more} of ${silent}: ${total} of ${all} in favour, ${share} per cent. ${verdict}.`;
      },
    );
  }

  function editions() {
    const { countries } = asked;
    const names = Object.keys(countries);
    ask(
      "Look up a country or area",
      [labelled("Country or area", choice("country", names.map((name) => [name, name])))],
      ({ country }) => {
        const values = countries[country] ?? countries[names[0]];
        const rows = asked.editions.map((edition, i) => [
          `Edition of ${edition}`,
          ...values.map((year) => (year[i] === null ? "–" : number.format(year[i]))),
        ]);
        return table(["International migrants", ...asked.years], rows);
      },
    );
  }

  function status() {
    const states = [...new Set(asked.instruments.flatMap(([, , days]) => Object.keys(days)))].sort();
    const ends = asked.instruments.map(([, end]) => end).sort();
    const day = make("input", { type: "date", name: "day", min: asked.first, max: ends.at(-1), value: "2004-09-22" });
    ask(
      "Who had signed, deposited and was bound on a day?",
      [labelled("Day", day), labelled("State", choice("state", states.map((name) => [name, name])))],
      ({ day: on, state }) => {
        if (!on) return "Choose a day.";
        const members = asked.admitted.filter((year) => year <= Number(on.slice(0, 4))).length;
        const rows = asked.instruments.map(([name, end, days]) => {
          if (on > end) return [name, `the record ends on ${end}`, "–", "–"];
          const by = (i) => Object.values(days).filter((each) => each[i] && each[i] <= on).length;
          const own = days[state] ?? [];
          const words = ["signed", "deposited", "in force"];
          const said = words.filter((_, i) => own[i] && own[i] <= on).map((word) => `${word} ${own[words.indexOf(word)]}`);
          return [name, said.join("; ") || "nothing", String(by(1)), String(by(2))];
        });
        const answer = table(["Instrument", state, "States that had deposited", "In force for"], rows);
        answer.append(make("p", {}, `${members} of today's Member States of the United Nations had been admitted by that year.`));
        return answer;
      },
    );
  }

  // A task of its own, so that none holds a phone up.
  setTimeout({ majority, editions, status }[asked.kind]);
})();
