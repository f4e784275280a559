// The switch between light and dark colours. What the system says holds until the reader chooses, and again once the
// reader chooses what the system says.
(() => {
  "use strict";
  const root = document.documentElement;
  const button = document.querySelector(".switch");
  if (!button) return;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const name = (dark) => (dark ? "dark" : "light");
  const current = () => root.dataset.scheme ?? name(system.matches);
  const show = () => button.setAttribute("aria-pressed", String(current() === "dark"));

  button.addEventListener("click", () => {
    const chosen = name(current() !== "dark");
    const followsSystem = chosen === name(system.matches);
    if (followsSystem) delete root.dataset.scheme;
    else root.dataset.scheme = chosen;
    try {
      if (followsSystem) localStorage.removeItem("cimaise-scheme");
      else localStorage.setItem("cimaise-scheme", chosen);
    } catch {
      // Storage is forbidden: the choice holds for this page.
    }
    show();
  });
  system.addEventListener("change", show);
  button.hidden = false;
  show();
})();
