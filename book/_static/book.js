// What the pages do: contents opened and closed, light and dark, code shown, figures explained.
// Every page reads without it; it loads nothing.
"use strict";

const root = document.documentElement;
const all = (selector) => [...document.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);

// What is kept for the next page; a browser that keeps nothing for pages in folders has it for this.
function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // It holds for this page.
  }
}

// Beside the text they are open until they are closed, above it closed until they are opened.
function contents() {
  const button = one(".menu-switch");
  const beside = matchMedia("(min-width: 64rem)");
  const opened = () => (beside.matches ? !root.classList.contains("menu-closed") : root.classList.contains("menu-open"));
  const tell = () => button.setAttribute("aria-expanded", opened());
  const open = (yes) => {
    if (beside.matches) {
      root.classList.toggle("menu-closed", !yes);
      keep("contents", yes ? "open" : "closed");
    } else root.classList.toggle("menu-open", yes);
    tell();
  };
  button.addEventListener("click", () => open(!opened()));
  one("#menu").addEventListener("click", (event) => {
    if (event.target.closest("a") && !beside.matches) open(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened() && !beside.matches) {
      open(false);
      button.focus();
    }
  });
  beside.addEventListener("change", tell);
  tell();
  // The page one is on comes into view in a contents list that scrolls by itself.
  const menu = one(".side");
  const current = one('[aria-current="page"]');
  requestAnimationFrame(() => {
    if (current && current.offsetTop > menu.clientHeight - 100) {
      menu.scrollTop = current.offsetTop - menu.clientHeight / 3;
    }
  });
}

function mode() {
  const button = one(".mode-switch");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.mode ? root.dataset.mode === "dark" : system.matches);
  const tell = () => button.setAttribute("aria-pressed", dark());
  button.addEventListener("click", () => {
    root.dataset.mode = dark() ? "light" : "dark";
    keep("mode", root.dataset.mode);
    tell();
  });
  system.addEventListener("change", tell);
  tell();
}

function code() {
  const button = one(".code-switch");
  const folds = all("details.code");
  if (!button) return;
  button.hidden = folds.length === 0;
  button.addEventListener("click", () => {
    const show = button.getAttribute("aria-pressed") !== "true";
    folds.forEach((fold) => {
      fold.open = show;
      const tools = fold.closest(".exhibit-tools");
      if (tools) tools.open = show;
    });
    button.setAttribute("aria-pressed", show);
  });
}

// A stroke leads to the search, as long as nothing is being typed.
function search() {
  const input = one('.side [role="search"] input');
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (!input.offsetParent) one(".menu-switch").click();
    input.focus();
  });
}

// The section being read is marked in the contents.
function sections() {
  const links = new Map();
  all(".contents li li a, .on-page a").forEach((a) => {
    const id = a.hash.slice(1);
    links.set(id, [...(links.get(id) ?? []), a]);
  });
  const seen = new IntersectionObserver(
    (entries) => {
      const entry = entries.find((e) => e.isIntersecting);
      if (!entry) return;
      [...links.values()].flat().forEach((a) => a.removeAttribute("aria-current"));
      links.get(entry.target.id).forEach((a) => a.setAttribute("aria-current", "location"));
    },
    { rootMargin: "0px 0px -70% 0px" },
  );
  links.forEach((_, id) => {
    const section = document.getElementById(id);
    if (section) seen.observe(section);
  });
}

// Only what scrolls sideways is a stop for the keyboard. A box is measured when it takes up room:
// once it is near the screen, or unfolded, and whenever its size changes.
function scrolling() {
  const measure = (boxes) => {
    // All are measured before any is changed, which would lay out the page once more.
    const wide = boxes.map((box) => box.scrollWidth > box.clientWidth + 1);
    boxes.forEach((box, i) => {
      if (wide[i]) {
        const caption = box.closest("figure")?.querySelector("figcaption");
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        if (caption) box.setAttribute("aria-labelledby", caption.id);
        else box.setAttribute("aria-label", "Scrolls sideways");
      } else {
        ["tabindex", "role", "aria-labelledby", "aria-label"].forEach((a) => box.removeAttribute(a));
      }
    });
  };
  const sizes = new ResizeObserver((entries) =>
    measure(entries.filter((entry) => entry.contentRect.width).map((entry) => entry.target)),
  );
  all(".exhibit-scroll, .highlight pre, .formula").forEach((box) => sizes.observe(box));
}

// What a phone leaves out of its first look is laid out a little at a time: then the page has its
// height, and is whole for whoever scrolls fast, keeps or photographs it.
function layOut() {
  const late = all(".bd-article section > section, table.ledger tbody tr").filter(
    (part) => getComputedStyle(part).contentVisibility === "auto",
  );
  const rest = (task) => (window.requestIdleCallback ?? setTimeout)(task);
  const next = () => {
    const some = late[0].matches("tr") ? 10 : 1;
    late.splice(0, some).forEach((part) => (part.style.contentVisibility = "visible"));
    if (late.length) requestAnimationFrame(() => rest(next));
  };
  if (late.length) rest(next);
}

// Where a stated figure comes from: on hover, on focus, and on a first touch (a second follows the
// link). Escape closes it, and the pointer may move onto it (WCAG 2.2, 1.4.13).
function tips() {
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  one("main").append(tip);
  let owner = null;
  let touch = false;
  let timer = 0;

  const hide = () => {
    clearTimeout(timer);
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
    tip.hidden = true;
  };
  const show = (link) => {
    clearTimeout(timer);
    if (link === owner) return;
    hide();
    owner = link;
    tip.textContent = link.dataset.tip;
    tip.hidden = false;
    link.setAttribute("aria-describedby", "tip");
    // Above the first line of a link that runs on, or below its last: it is to stay in sight.
    const lines = [...link.getClientRects()];
    const above = lines[0].top > tip.offsetHeight + 12;
    const box = lines.at(above ? 0 : -1);
    const left = Math.min(Math.max(8, box.left), root.clientWidth - tip.offsetWidth - 8);
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(above ? box.top - tip.offsetHeight - 6 : box.bottom + 6) + scrollY}px`;
  };
  const leave = () => (timer = setTimeout(hide, 200));
  const mouse = (event) => event.pointerType === "mouse";

  // The document listens for all of them: on a page with hundreds, to prepare each takes its time.
  const on = (kind, answer) =>
    document.addEventListener(kind, (event) => {
      const link = event.target.closest("a.stated, a.term, abbr");
      if (!link?.title && !link?.dataset.tip) return;
      if (link.title) {
        // Kept as a description for those who hear the page; taken away so that it shows once only.
        link.dataset.tip = link.title;
        link.setAttribute("aria-description", link.title);
        link.removeAttribute("title");
      }
      answer(event, link);
    });
  on("pointerdown", (event) => (touch = event.pointerType === "touch"));
  on("pointerover", (event, link) => mouse(event) && show(link));
  on("pointerout", (event, link) => mouse(event) && !link.contains(event.relatedTarget) && leave());
  on("focusin", (_, link) => touch || show(link));
  on("focusout", leave);
  on("click", (event, link) => {
    // A word without a link has nothing else to do when touched.
    if (touch && owner !== link) {
      event.preventDefault();
      show(link);
    }
    touch = false;
  });
  tip.addEventListener("pointerenter", () => clearTimeout(timer));
  tip.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("pointerdown", (event) => {
    if (owner && !owner.contains(event.target) && event.target !== tip) hide();
  });
}

// Links to places, and what is to be copied. What a page cannot copy stands in the address bar or is
// marked, so that the reader can.
function copying() {
  const status = one("#copied");
  const tell = (text) => {
    status.textContent = "";
    setTimeout(() => (status.textContent = text), 100);
  };
  async function copy(text, mark, what) {
    try {
      await navigator.clipboard.writeText(text);
      tell(`${what} copied`);
      mark.dataset.copied = "";
      setTimeout(() => delete mark.dataset.copied, 2000);
      return true;
    } catch {
      return false;
    }
  }
  all("a.permalink, a.headerlink").forEach((link) =>
    link.addEventListener("click", () => {
      // Without what the reader chose on the page.
      const page = one("link[rel=canonical]")?.href ?? location.href.replace(/[?#].*/, "");
      copy(page + link.hash, link, "Link");
    }),
  );
  all("button.copy").forEach((button) => {
    const code = button.parentElement.querySelector("code");
    // Where the book is, the page knows by now.
    const site = new URL(root.dataset.content_root, location.href).href;
    if (site.startsWith("http")) code.textContent = code.textContent.replace(/https:\/\/ADDRESS[-A-Z]*\//, site);
    button.addEventListener("click", async () => {
      if (!(await copy(code.textContent, button, "HTML"))) getSelection().selectAllChildren(code);
    });
  });
}

// A link to a place that is folded away unfolds it, and so does a choice that the address keeps.
function folds() {
  const arrive = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const own = place.matches("figure") && place.querySelector(".exhibit-fold");
    if (own) own.open = true;
    place.scrollIntoView();
  };
  const chosen = [...new URLSearchParams(location.search).keys()];
  all(".exhibit-fold").forEach((fold) => {
    const name = fold.querySelector("table").dataset.filter;
    fold.open = name !== undefined && chosen.some((key) => key.startsWith(`${name}.`));
  });
  addEventListener("hashchange", arrive);
  arrive();
  // The place may be the one that the address names already.
  all('a[href^="#"]').forEach((link) => link.addEventListener("click", () => setTimeout(arrive)));
}

contents();
folds();
mode();
search();
sections();
scrolling();
// What waits for a click or a pointer gets tasks of its own, so that none holds a phone up.
[copying, code, tips].forEach((each) => setTimeout(each));
addEventListener("load", layOut);
