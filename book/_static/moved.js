// Places of this page, or the page itself, that have another address now.
"use strict";
(() => {
  const moved = JSON.parse(document.getElementById("moved").textContent);
  const follow = () => {
    const place = decodeURIComponent(location.hash.slice(1));
    const whole = moved[""] && moved[""] + location.hash;
    const to = place ? (moved[place] ?? whole) : whole;
    if (to && !(place && document.getElementById(place))) location.replace(to);
  };
  addEventListener("hashchange", follow);
  follow();
})();
