// Before the first paint: a reader who chose dark never sees a white flash.
(() => {
  const root = document.documentElement;
  root.classList.add("script");
  try {
    const chosen = localStorage.getItem("mode");
    if (chosen === "dark" || chosen === "light") root.dataset.mode = chosen;
  } catch {
    // A browser that keeps nothing for pages in folders follows the system's setting.
  }
  // The faces of the first screen are asked for at once, so that the text does not move when they
  // come. From a folder they are there anyway, and browsers refuse the hint.
  if (location.protocol === "file:") return;
  for (const face of ["source-serif-4-400", "source-serif-4-600", "source-sans-3-400", "source-sans-3-600"]) {
    const href = `${root.dataset.content_root}_static/fonts/${face}-normal.woff2`;
    const hint = { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href };
    document.head.append(Object.assign(document.createElement("link"), hint));
  }
})();
