// Find places of the book: words in any order, figures and symbols as written, slips forgiven.
"use strict";

const STOP = new Set("a an and are did do does for from how in into is it many much of on or that the to was were what when where which who why with".split(" "));
// Words of readers for words of the documents.
const SAME = {
  country: ["state"], countries: ["states"], nation: ["state"], nations: ["states"],
  quote: ["cite"], gcm: ["compact"], treaty: ["convention"], treaties: ["conventions"],
  signed: ["signatories"], migrants: ["migrant"], ratify: ["ratified"], percent: ["%"],
};
const KIND = { section: "Section", exhibit: "Exhibit", row: "Row of the ledger", entry: "Row of a table", term: "Term" };
const SHOWN = 30;

function plain(text) {
  return text
    .normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("’", "'")
    .replace(/(\d)[,\u00a0\u202f ](?=\d{3}(?!\d))/g, "$1")
    .replace(/(\d)\s*(?:%|per\s?cent\b)/g, "$1%");
}

// A word as written: a/58/98, 77%, d'ivoire.
function words(text) {
  const found = plain(text).match(/[\p{L}\p{N}][\p{L}\p{N}./%'-]*/gu) ?? [];
  return found.map((word) => word.replace(/[./'-]+$/, ""));
}

// For the index also each end of a symbol (60/227 of a/res/60/227) and each part of a compound.
function indexed(text) {
  return words(text).flatMap((word) => {
    const parts = word.split(/[/'-]/);
    if (parts.length === 1) return [word];
    const ends = word.includes("/") ? parts.map((_, i) => parts.slice(i).join("/")) : [];
    return [...new Set([word, ...ends, ...parts])].filter(Boolean);
  });
}

const engine = new MiniSearch({
  fields: ["title", "text"],
  tokenize: indexed,
  processTerm: (term) => term,
});
engine.addAll(PLACES.map(([address, title, kind, text], id) => ({ id, address, title, kind, text })));

// Figures are found as they are; words also by their beginning and with a slip or two.
const loose = {
  tokenize: words,
  boost: { title: 3 },
  prefix: (term) => !/\d/.test(term) && term.length > 2,
  fuzzy: (term) => (/\d/.test(term) || term.length < 5 ? false : 0.2),
  weights: { fuzzy: 0.25, prefix: 0.5 },
};

function find(query) {
  const asked = words(query);
  const kept = asked.filter((word) => !STOP.has(word));
  const terms = kept.length ? kept : asked;
  if (!terms.length) return [];
  const queries = terms.map((term) => ({ combineWith: "OR", queries: [term, ...(SAME[term] ?? [])] }));
  const phrase = plain(query).trim();
  // A place that has the words side by side comes before one that has them apart.
  const boostDocument = (id) => {
    const [, title, , text] = PLACES[id];
    if (plain(title).includes(phrase)) return 4;
    return plain(text).includes(phrase) ? 2 : 1;
  };
  for (const combineWith of ["AND", "OR"]) {
    const hits = engine.search({ combineWith, queries }, { ...loose, boostDocument });
    if (hits.length) return hits;
  }
  return [];
}

// The words around the first that was found, which are marked.
function snippet(text, terms) {
  const low = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const same = low.length === text.length;
  const spots = same ? terms.map((term) => low.indexOf(term)).filter((at) => at >= 0) : [];
  const start = spots.length ? Math.max(0, Math.min(...spots) - 60) : 0;
  const box = document.createElement("p");
  let shown = text.slice(start, start + 200);
  if (start) shown = `… ${shown.slice(shown.indexOf(" ") + 1)}`;
  if (text.length > start + 200) shown = `${shown.slice(0, shown.lastIndexOf(" "))} …`;
  const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const parts = escaped.length ? shown.split(new RegExp(`(${escaped.join("|")})`, "i")) : [shown];
  parts.forEach((part, i) => {
    if (i % 2 === 0) return box.append(part);
    const mark = document.createElement("mark");
    mark.textContent = part;
    box.append(mark);
  });
  return box;
}

function show(query) {
  const hits = find(query);
  const list = document.createElement("ol");
  hits.slice(0, SHOWN).forEach((hit) => {
    const [address, title, kind, text] = PLACES[hit.id];
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    const what = document.createElement("span");
    what.textContent = ` ${KIND[kind]}`;
    item.append(link, what);
    if (text) item.append(snippet(text, hit.terms));
    list.append(item);
  });
  document.querySelector("#search-results").replaceChildren(list);
  const more = hits.length > SHOWN ? `; the first ${SHOWN} are shown` : "";
  const told = hits.length === 1 ? "One place found" : `${hits.length} places found`;
  document.querySelector("#search-progress").textContent = query.trim() ? `${hits.length ? told : "Nothing found"}${more}.` : "";
}

const box = document.querySelector(".search-page input");
const asked = new URLSearchParams(location.search).get("q") ?? "";
document.querySelectorAll('[role="search"] input').forEach((input) => (input.value = asked));
let timer = 0;
box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    show(box.value);
    history.replaceState(null, "", `?q=${encodeURIComponent(box.value)}`);
  }, 150);
});
show(asked);
