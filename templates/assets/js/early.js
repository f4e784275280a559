// Runs before anything is painted, so that a reader who chose dark colours never sees a flash of light ones.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    const chosen = localStorage.getItem("cimaise-scheme");
    if (chosen === "dark" || chosen === "light") root.dataset.scheme = chosen;
  } catch {
    // Storage is forbidden: the system's colours it is.
  }
})();
