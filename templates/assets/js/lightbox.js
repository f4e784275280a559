// Pictures at full size, one after the other, in a dialog. Without this script a picture is a link to its largest file.
(() => {
  "use strict";
  const dialog = document.querySelector("dialog.lightbox");
  if (!dialog?.showModal) return;
  const links = [...document.querySelectorAll("a.zoom")];
  const part = (name) => dialog.querySelector(name);
  const stage = part(".stage");
  const image = new Image();
  const caption = part(".lightbox-caption");
  const count = part(".lightbox-count");
  const enlarge = part(".enlarge");
  let at = 0;
  let opener = null;

  // The widest that a picture is shown: the screen's width or height, and never more than its own pixels.
  const widthOf = (link) => {
    const { width, height } = link.dataset;
    return `min(100vw, ${(width / height) * 100}vh, ${width}px)`;
  };

  const fetchLocked = (target, link, width) => {
    document.dispatchEvent(new CustomEvent("cimaise-load", { detail: { target, link, width } }));
  };

  const load = (target, link) => {
    const small = link.querySelector("img");
    if (small.srcset) {
      target.sizes = widthOf(link);
      target.srcset = small.srcset;
    } else {
      // On a protected page: the script that opened it has the key.
      const { width, height } = link.dataset;
      fetchLocked(target, link, Math.min(innerWidth, (width / height) * innerHeight, width));
    }
  };

  const show = (index) => {
    at = (index + links.length) % links.length;
    const link = links[at];
    const small = link.querySelector("img");
    const figure = link.closest("figure, .panorama")?.querySelector("figcaption, .caption");
    setActualSize(false);
    // What the page has already loaded is shown until the large one is there.
    image.removeAttribute("srcset");
    image.src = small.currentSrc || small.src;
    image.alt = small.alt || link.getAttribute("aria-label") || "";
    image.style.aspectRatio = `${link.dataset.width} / ${link.dataset.height}`;
    image.style.setProperty("--ratio", link.dataset.width / link.dataset.height);
    image.style.setProperty("--natural", `${link.dataset.width}px`);
    load(image, link);
    caption.replaceChildren(...(figure ? [...figure.cloneNode(true).childNodes] : []));
    count.textContent = `${at + 1} / ${links.length}`;
    for (const step of [-1, 1]) {
      if (links.length > 1) load(new Image(), links[(at + step + links.length) % links.length]);
    }
  };

  const setActualSize = (on, x = 0.5, y = 0.5) => {
    if (on === dialog.classList.contains("actual")) return;
    dialog.classList.toggle("actual", on);
    enlarge.setAttribute("aria-pressed", String(on));
    if (!on) return;
    image.removeAttribute("srcset");
    if (links[at].querySelector("img").srcset) image.src = links[at].href;
    else fetchLocked(image, links[at], 0);
    stage.scrollTo((stage.scrollWidth - stage.clientWidth) * x, (stage.scrollHeight - stage.clientHeight) * y);
  };

  const open = (link) => {
    opener = link;
    stage.append(image);
    show(links.indexOf(link));
    document.documentElement.classList.add("has-lightbox");
    dialog.classList.toggle("single", links.length === 1);
    dialog.showModal();
    part(".close").focus();
    // The back button closes the picture instead of leaving the page. Where the page is scrolled to then is decided
    // by the picture that was shown last.
    history.scrollRestoration = "manual";
    history.pushState({ lightbox: true }, "");
  };

  const step = (by) => {
    if (links.length > 1) show(at + by);
  };

  dialog.addEventListener("close", () => {
    document.documentElement.classList.remove("has-lightbox");
    if (history.state?.lightbox) history.back();
    const link = links[at] ?? opener;
    link.focus({ preventScroll: link === opener });
    image.remove();
  });
  addEventListener("popstate", () => {
    if (dialog.open) dialog.close();
    setTimeout(() => {
      history.scrollRestoration = "auto";
    });
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.zoom");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented) return;
    event.preventDefault();
    open(link);
  });
  part(".close").addEventListener("click", () => dialog.close());
  part(".previous").addEventListener("click", () => step(-1));
  part(".next").addEventListener("click", () => step(1));
  enlarge.addEventListener("click", () => setActualSize(!dialog.classList.contains("actual")));
  stage.addEventListener("dblclick", (event) => {
    const box = image.getBoundingClientRect();
    const inside = (value, start, length) => Math.min(1, Math.max(0, (value - start) / length));
    const x = inside(event.clientX, box.left, box.width);
    const y = inside(event.clientY, box.top, box.height);
    setActualSize(!dialog.classList.contains("actual"), x, y);
  });
  stage.addEventListener("click", (event) => {
    if (event.target === stage) dialog.close();
  });

  const rightToLeft = () => getComputedStyle(dialog).direction === "rtl";
  dialog.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const forward = rightToLeft() ? -1 : 1;
    const actual = dialog.classList.contains("actual");
    const pan = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] }[event.key];
    if (actual && pan) stage.scrollBy(...pan);
    else if (event.key === "ArrowRight") step(forward);
    else if (event.key === "ArrowLeft") step(-forward);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(links.length - 1);
    else if (event.key === "+" || event.key === "z") setActualSize(!actual);
    else return;
    event.preventDefault();
  });

  // One finger turns pages, or closes with a stroke down; two fingers zoom, and then one finger pans.
  const pinched = () => (window.visualViewport?.scale ?? 1) > 1.05;
  let touch = null;
  window.visualViewport?.addEventListener("resize", () => dialog.classList.toggle("pinched", pinched()));
  stage.addEventListener("pointerdown", (event) => {
    touch = event.pointerType === "mouse" || !event.isPrimary ? null : { x: event.clientX, y: event.clientY };
  });
  stage.addEventListener("pointerup", (event) => {
    if (!touch || pinched() || dialog.classList.contains("actual")) return;
    const [x, y] = [event.clientX - touch.x, event.clientY - touch.y];
    touch = null;
    if (Math.abs(x) > 40 && Math.abs(x) > Math.abs(y) * 1.5) step((x < 0 ? 1 : -1) * (rightToLeft() ? -1 : 1));
    else if (y > 90 && y > Math.abs(x) * 1.5) dialog.close();
  });
  stage.addEventListener("pointercancel", () => {
    touch = null;
  });
})();
