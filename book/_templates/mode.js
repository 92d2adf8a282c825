// Before the first paint: a reader who chose dark never sees a white flash, and one who closed the
// contents does not see them go.
(() => {
  const root = document.documentElement;
  root.classList.add("script");
  try {
    const chosen = localStorage.getItem("mode");
    if (chosen === "dark" || chosen === "light") root.dataset.mode = chosen;
    root.classList.toggle("menu-closed", localStorage.getItem("contents") === "closed");
  } catch {
    // A browser that keeps nothing for pages in folders follows the system's setting.
  }
  // The faces of the first screen are asked for at once: one that comes after the first look waits
  // for the next page, so that no line moves under a reader. From a folder browsers refuse to be
  // asked early; there each is shown as soon as it has been read.
  const folder = location.protocol === "file:";
  for (const family of ["Source Serif 4", "Source Sans 3"]) {
    for (const face of ["400-normal", "600-normal", ...(folder ? ["400-italic"] : [])]) {
      const name = `${family.toLowerCase().replaceAll(" ", "-")}-${face}.woff2`;
      const href = `${root.dataset.content_root}_static/fonts/${name}`;
      const [weight, style] = face.split("-");
      if (folder) document.fonts.add(new FontFace(family, `url(${href})`, { weight, style, display: "swap" }));
      else document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href }));
    }
  }
})();
