// A panorama scrolls by itself. With this script it starts in the middle, a bar shows which part of it is in sight, and mouse, wheel and keyboard
// move it.
(() => {
  "use strict";
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  for (const strip of document.querySelectorAll(".strip")) {
    const bar = document.createElement("div");
    const part = document.createElement("div");
    bar.className = "pan";
    bar.setAttribute("aria-hidden", "true");
    bar.append(part);
    strip.after(bar);

    // Where the middle of the window lies, from 0 to 1; in pages from right to left, `scrollLeft` is negative.
    let middle = 0.5;
    const room = () => strip.scrollWidth - strip.clientWidth;
    const isReversed = getComputedStyle(strip).direction === "rtl";
    const left = () => strip.scrollLeft + (isReversed ? room() : 0);
    const move = (to, behavior = "instant") => strip.scrollTo({ left: to - (isReversed ? room() : 0), behavior });
    const show = () => {
      bar.hidden = room() < 2;
      part.style.inlineSize = `${(100 * strip.clientWidth) / strip.scrollWidth}%`;
      part.style.transform = `translateX(${(100 * left()) / strip.clientWidth}%)`;
    };
    strip.addEventListener("scroll", () => {
      middle = (left() + strip.clientWidth / 2) / strip.scrollWidth;
      show();
    }, { passive: true });
    new ResizeObserver(() => {
      const kept = middle;
      move(kept * strip.scrollWidth - strip.clientWidth / 2);
      middle = kept;
      show();
    }).observe(strip);

    const glide = (to) => move(to, calm.matches ? "instant" : "smooth");
    const keys = {
      ArrowLeft: () => left() - strip.clientWidth / 4,
      ArrowRight: () => left() + strip.clientWidth / 4,
      Home: () => (isReversed ? room() : 0),
      End: () => (isReversed ? 0 : room()),
    };
    strip.addEventListener("keydown", (event) => {
      const to = keys[event.key];
      if (!to || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      glide(to());
    });

    // The wheel moves the panorama for readers who went there with the mouse, until its end. A page that scrolls below a mouse at rest goes on.
    let aimed = -Infinity;
    strip.addEventListener("pointermove", ({ movementX, movementY, timeStamp }) => {
      if (movementX || movementY) aimed = timeStamp;
    });
    strip.addEventListener("wheel", (event) => {
      const lines = event.deltaMode === 1 ? 30 : 1;
      const distance = event.deltaY * lines * (isReversed ? -1 : 1);
      const isUpright = Math.abs(event.deltaY) > Math.abs(event.deltaX);
      const ends = distance > 0 ? left() >= room() - 1 : left() <= 1;
      if (!isUpright || event.ctrlKey || event.shiftKey || ends || event.timeStamp - aimed > 1500) return;
      aimed = event.timeStamp;
      event.preventDefault();
      move(left() + distance);
    }, { passive: false });

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
