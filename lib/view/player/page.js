// Plays the episodes of the block of data, on a page of their own.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  document.title = data.title;
  player(document.getElementById("player"), data, true);
})();
