// Find places of the book: words in any order, figures and symbols as written, slips forgiven.
"use strict";

const STOP = new Set("a about all an and any are as at be by can did do does for from give had has have how i in into is it its many me much my number of on or show so tell than that the their them there these they this those to was were what when where which who whom why will with you".split(" "));
// Words of readers, in the singular, for words of the book.
const SAME = {
  apa: ["cite"], author: ["contributor"], contact: ["error"], contradiction: ["discrepancy"],
  copyright: ["licensed"], country: ["state"], doi: ["cite"], excel: ["xlsx"], g77: ["77"],
  immigrant: ["migrant"], immigration: ["migration"], licence: ["licensed"], license: ["licensed"],
  mistake: ["error"], nation: ["state"], palermo: ["trafficking"],
  percent: ["%"], ratify: ["ratified"], reply: ["replied", "response", "answered"], respondent: ["answer"],
  reuse: ["licensed"], rss: ["feed"], spreadsheet: ["xlsx"],
  treaty: ["convention"], ussr: ["soviet"], vote: ["favour"], voted: ["favour"],
};
// Names of countries that the documents and the record give otherwise.
const NAMES = {
  america: "united states of america", britain: "united kingdom", burma: "myanmar", "cape verde": "cabo verde", "czech republic": "czechia",
  "east timor": "timor-leste", icmw: "migrant workers convention", holland: "netherlands", "ivory coast": "cote d'ivoire",
  macedonia: "north macedonia", russia: "russian federation", swaziland: "eswatini", turkey: "turkiye",
  uk: "united kingdom", us: "united states of america", usa: "united states of america", "united states": "united states of america",
};
const KIND = {
  section: "Section", exhibit: "Exhibit", row: "Row of the ledger", entry: "Row of a table", term: "Glossary",
  document: "Document", treaty: "Treaty", country: "Look up", data: "Data",
};
const WEIGHT = { section: 1, exhibit: 0.6, row: 1, entry: 0.12, term: 1.2, document: 1.6, treaty: 1.2, country: 0.7, data: 0.1 };
const LESSER = /\/(changes|references)\.html/; // what is there is seldom what is looked for
const FIGURE = 4; // how much more a row of the ledger counts for those who ask with a figure
const SHOWN = 30;

function plain(text) {
  return text
    .normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("’", "'")
    .replace(/(\d)[,\u00a0\u202f ](?=\d{3}(?!\d))/g, "$1")
    .replace(/(\d)\s*(?:m|mn|mio)\b/g, "$1 million")
    .replace(/(\d)\s*(?:%|per\s?cent\b|pct\b)/g, "$1%");
}

// A word as written: a/58/98, 77%, d'ivoire.
function words(text) {
  const found = plain(text).match(/[\p{L}\p{N}][\p{L}\p{N}./%'+-]*/gu) ?? [];
  return found.map((word) => word.replace(/[./'+-]+$/, ""));
}

const singular = (word) => (/^\p{L}{4,}s$/u.test(word) && !/(ss|us|is)$/.test(word) ? word.replace(/ies$/, "y").replace(/s$/, "") : word);

// For the index also each end of a symbol (60/227 of a/res/60/227) and each part of a compound.
function indexed(text) {
  return words(text).flatMap((word) => {
    const parts = word.split(/[/'-]/);
    if (parts.length === 1) return [word];
    const ends = word.includes("/") ? parts.map((_, i) => parts.slice(i).join("/")) : [];
    return [...new Set([word, ...ends, ...parts])].filter(Boolean);
  });
}

const SLICE = 8; // milliseconds at a time, so that the page answers meanwhile
const later = () => new Promise((resolve) => setTimeout(resolve));
const loaded = (address) =>
  new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject });
    document.head.append(script);
  });
// What each place is called, without the page that it is on, and its words, as they are compared.
const CALLED = [];
const HELD = [];
let engine = null;

// The library and the words of the book come after the first look at the page.
async function prepare(addresses) {
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await later();
  await Promise.all(addresses.map(loaded));
  engine = new MiniSearch({ fields: ["title", "text"], tokenize: indexed, processTerm: singular });
  let since = performance.now();
  for (const [id, [, title, , text]] of PLACES.entries()) {
    engine.add({ id, title, text });
    CALLED.push(plain(title.replace(/^\d+\. /, "").split(" · ")[0]));
    HELD.push(plain(text));
    if (performance.now() - since < SLICE) continue;
    await later();
    since = performance.now();
  }
}
const ready = prepare(document.currentScript.dataset.then.split(" ")).then(() => true, () => false);

// Figures are found as they are; words also by their beginning and with a slip or two.
const loose = {
  tokenize: words,
  boost: { title: 3 },
  prefix: (term) => !/\d/.test(term) && term.length > 2,
  fuzzy: (term) => (/\d/.test(term) || term.length < 5 ? false : 0.2),
  weights: { fuzzy: 0.2, prefix: 0.4 },
};

// As documents write it: a symbol typed with spaces, a country by another name.
function settled(query) {
  const text = plain(query).replace(/\s+/g, " ").trim();
  const symbol = text.replace(/^(a) (res )?(\d+) (\d+)$/, (_, a, res, one, two) => `${a}/${res ? "res/" : ""}${one}/${two}`);
  return NAMES[symbol] ?? symbol.replace(/\b(?:vot\w+ against|oppos\w+)\b/, "reservations");
}

function find(query) {
  const phrase = settled(query);
  const asked = words(phrase);
  const kept = asked.filter((word) => !STOP.has(word));
  const terms = kept.length ? kept : asked;
  if (!terms.length) return [];
  const queries = terms.map((term) => ({ combineWith: "OR", queries: [term, ...(SAME[singular(term)] ?? [])] }));
  const figured = terms.some((term) => /^\d/.test(term));
  const counted = /\b(?:how many|number of)\b/.test(phrase);
  const core = terms.join(" ");
  // A place that is called so comes first, then one that has the words side by side.
  const boostDocument = (id) => {
    const called = CALLED[id];
    const [address, , kind] = PLACES[id];
    let weight = WEIGHT[kind] * (LESSER.test(address) ? 0.4 : 1);
    if (figured && kind === "row") weight *= counted && /%|per cent/.test(called) ? 1 : FIGURE;
    if (called === phrase || called === core) return 12 * weight;
    if (kind === "term" && HELD[id].startsWith(phrase)) return 10 * weight;
    if (called.startsWith(`${phrase}:`) || called.startsWith(core)) return 6 * weight;
    if (called.includes(phrase) || called.includes(core)) return 4 * weight;
    return (HELD[id].includes(phrase) || HELD[id].includes(core) ? 2 : 1) * weight;
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

const tell = (text) => (document.querySelector("#search-progress").textContent = text);

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
  tell(query.trim() && `${hits.length ? told : "Nothing found"}${more}.`);
}

const box = document.querySelector(".search-page input");
const asked = new URLSearchParams(location.search).get("q") ?? "";
document.querySelectorAll('[role="search"] input').forEach((input) => (input.value = asked));
let timer = 0;
box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    if (!(await ready)) return;
    show(box.value);
    history.replaceState(null, "", `?q=${encodeURIComponent(box.value)}`);
  }, 150);
});
tell(asked && "Reading the book …");
ready.then((yes) => (yes ? show(box.value) : tell("The words of the book did not come; load the page again.")));
