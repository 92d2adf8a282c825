// A link to a table opens the fold that holds what is said of it, in browsers that do not by themselves.
(() => {
  const show = () => {
    const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = found && found.closest("details.data-dictionaries");
    if (!fold) return;
    fold.open = true;
    found.scrollIntoView();
  };
  addEventListener("hashchange", show);
  addEventListener("DOMContentLoaded", show);
})();
