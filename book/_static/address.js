// What was chosen on a page stays in its address: it can be passed on, and it comes back after a
// reload and with Back and Forward, also where the browser kept the whole page.
"use strict";
const kept = (() => {
  const restorers = [];
  const read = () => new URLSearchParams(location.search);
  const restore = () => restorers.forEach((each) => each(read()));
  addEventListener("popstate", restore);
  addEventListener("pageshow", (event) => event.persisted && restore());
  return {
    // Calls `each` with what the address holds, now and whenever that comes back.
    restore(each) {
      restorers.push(each);
      each(read());
    },
    // Keeps values by name, none for an empty one; a step is one that Back takes back.
    keep(values, step = false) {
      const query = read();
      Object.entries(values).forEach(([name, value]) => (value ? query.set(name, value) : query.delete(name)));
      if (String(query) === String(read())) return;
      const address = (String(query) ? `?${query}` : location.pathname) + location.hash;
      history[step ? "pushState" : "replaceState"](null, "", address);
    },
  };
})();
