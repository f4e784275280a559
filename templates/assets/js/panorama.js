// A panorama scrolls by itself; with a mouse it can also be dragged.
(() => {
  "use strict";
  for (const strip of document.querySelectorAll(".strip")) {
    let start = null;
    let moved = false;
    strip.classList.add("draggable");
    strip.addEventListener("dragstart", (event) => event.preventDefault());
    strip.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      start = { x: event.clientX, scroll: strip.scrollLeft };
      moved = false;
    });
    addEventListener("pointermove", (event) => {
      if (!start) return;
      const distance = event.clientX - start.x;
      moved ||= Math.abs(distance) > 5;
      if (moved) strip.scrollLeft = start.scroll - distance;
      strip.classList.toggle("dragging", moved);
    });
    const end = () => {
      start = null;
      strip.classList.remove("dragging");
    };
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
    // The click that ends a drag is not a click on the picture.
    strip.addEventListener("click", (event) => {
      if (!moved) return;
      event.preventDefault();
      event.stopPropagation();
      moved = false;
    }, true);
  }
})();
