// The values of a figure, asked for with the pointer, a finger, or the arrow keys. They are rows of
// the figure's own data and come, with the places of its marks, when a figure is first asked.
"use strict";
(() => {
  const VALUES = (window.VALUES = {});
  const NEAR = 28; // pixels between the pointer and a mark
  const GAP = 14; // pixels between a mark and its value
  const ABOVE = -40; // pixels that a value may stand out above its drawing
  const narrow = matchMedia("(max-width: 32rem)");

  const make = (tag, name, parent) => {
    const element = document.createElement(tag);
    element.className = name;
    parent.append(element);
    return element;
  };

  function prepare(drawing) {
    const image = drawing.querySelector("img");
    const figure = drawing.closest("figure");
    const number = figure.querySelector(".exhibit-number").textContent.replace(/\.$/, "");
    // A slider: the keys, a screen reader and a switch know how to move it.
    const slider = make("input", "exhibit-slider", drawing);
    Object.assign(slider, { type: "range", min: 0, max: 1, step: 1, value: 0 });
    slider.setAttribute("aria-label", `Values of ${number}`);
    slider.setAttribute("aria-valuetext", "Arrow keys go through the values");
    const box = make("div", "exhibit-value", drawing);
    box.setAttribute("aria-hidden", "true");
    box.hidden = true;
    const rings = make("div", "exhibit-rings", drawing);
    let asked = null;
    let rows = [];

    // Rows without a mark on this sheet are passed over.
    const marks = (values) => (narrow.matches ? values.phone : values.page);

    function load() {
      asked ??= new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = drawing.dataset.values;
        script.onload = () => resolve(VALUES[figure.id]);
        document.head.append(script);
      }).then((values) => {
        const known = () => {
          rows = [...new Set(marks(values).map((mark) => mark[2]))].sort((a, b) => a - b);
          slider.max = rows.length - 1;
          slider.hidden = !rows.length; // this sheet has no mark of which a value is known
        };
        narrow.addEventListener("change", known);
        known();
        return values;
      });
      return asked;
    }

    function hide() {
      box.hidden = true;
      rings.replaceChildren();
    }

    const told = (values, row) =>
      values.rows[row].map((text, i) => [values.heads[i], text]).filter(([, text]) => text && text !== "–");

    function listed(cells) {
      const list = document.createElement("dl");
      cells.forEach(([head, text]) => {
        const line = make("div", "", list);
        make("dt", "", line).textContent = head;
        make("dd", "", line).textContent = text;
      });
      return list;
    }

    // Rows as cells beside the mark that was asked, and a ring around each mark of theirs.
    function show(values, asked, at) {
      const own = marks(values).filter((mark) => asked.includes(mark[2]));
      const cells = asked.map((row) => told(values, row));
      slider.value = rows.indexOf(asked[0]);
      const words = cells.map((row) => row.map(([head, text]) => `${head}: ${text}`).join("; "));
      slider.setAttribute("aria-valuetext", words.join(". "));
      rings.replaceChildren(
        ...own.map(([x, y, , wide, high]) => {
          const ring = document.createElement("span");
          const [left, top, width, height] = [x - wide, y - high, 2 * wide, 2 * high].map((n) => `${n / 10}%`);
          Object.assign(ring.style, wide || high ? { left, top, width, height } : { left, top });
          ring.className = wide || high ? "frame" : "ring";
          return ring;
        }),
      );
      box.replaceChildren(...cells.map(listed));
      box.hidden = false;
      const [x, y, , , high] = at ?? own[0];
      const left = (x / 1000) * drawing.clientWidth - box.offsetWidth / 2;
      const [top, foot] = [y - high, y + high].map((edge) => (edge / 1000) * drawing.clientHeight);
      const above = top - box.offsetHeight - GAP;
      box.style.left = `${Math.min(Math.max(0, left), drawing.clientWidth - box.offsetWidth)}px`;
      box.style.top = `${above > ABOVE ? above : foot + GAP}px`;
    }

    async function point(event) {
      const values = await load();
      if (!rows.length) return;
      const frame = image.getBoundingClientRect();
      const across = ((event.clientX - frame.left) / frame.width) * 1000;
      const down = ((event.clientY - frame.top) / frame.height) * 1000;
      const away = ([x, y, , wide, high]) =>
        Math.hypot(
          (Math.max(0, Math.abs(x - across) - wide) * frame.width) / 1000,
          (Math.max(0, Math.abs(y - down) - high) * frame.height) / 1000,
        );
      // Of marks that lie on one another the smallest is meant.
      const nearer = (a, b) => away(a) - away(b) || a[3] * a[4] - b[3] * b[4];
      const best = marks(values).reduce((a, b) => (nearer(a, b) > 0 ? b : a));
      if (away(best) > NEAR) return hide();
      const here = marks(values).filter(([x, y]) => x === best[0] && y === best[1]);
      show(values, here.map((mark) => mark[2]), best);
    }

    const isMouse = (event) => event.pointerType === "mouse";
    drawing.addEventListener("pointermove", (event) => isMouse(event) && point(event));
    drawing.addEventListener("pointerleave", (event) => isMouse(event) && hide());
    drawing.addEventListener("click", point);
    slider.addEventListener("focus", async () => {
      const values = await load();
      if (rows.length && slider.matches(":focus-visible")) show(values, [rows[slider.value]]);
    });
    slider.addEventListener("input", async () => show(await load(), [rows[slider.value]]));
    slider.addEventListener("blur", hide);
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
    document.addEventListener("pointerdown", (event) => drawing.contains(event.target) || hide());
  }

  // Each is a task of its own, so that none holds a phone up.
  document.querySelectorAll(".exhibit-drawing[data-values]").forEach((drawing) => setTimeout(prepare, 0, drawing));
})();
