// Opens a protected page: the password becomes a key (PBKDF2), the key opens the page (AES-GCM), and the page takes the place of
// the form. Pictures and films that are encrypted too are opened when they come near.
(() => {
  "use strict";
  const locked = document.getElementById("locked");
  const form = document.querySelector(".unlock form");
  const said = document.querySelector(".unlock-said");
  const slot = `cimaise-key ${locked.dataset.salt}`;
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

  // Storage may be forbidden; then the password is asked for on every page.
  const stores = ["sessionStorage", "localStorage"];
  const attempt = (action) => {
    try {
      return action();
    } catch {
      return null;
    }
  };
  const remembered = () => stores.map((store) => attempt(() => window[store].getItem(slot))).find(Boolean);
  const remember = (raw, keep) => {
    const text = btoa(String.fromCharCode(...raw));
    for (const store of keep ? stores : stores.slice(0, 1)) attempt(() => window[store].setItem(slot, text));
  };
  const forget = () => stores.forEach((store) => attempt(() => window[store].removeItem(slot)));

  const derive = async (password) => {
    const word = new TextEncoder().encode(password.normalize("NFC"));
    const material = await crypto.subtle.importKey("raw", word, "PBKDF2", false, ["deriveBits"]);
    const { salt, rounds } = locked.dataset;
    const method = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: Number(rounds) };
    return new Uint8Array(await crypto.subtle.deriveBits(method, material, 256));
  };
  const importKey = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  const decrypt = (key, iv, data) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);

  const open = async (raw) => {
    const key = await importKey(raw);
    const content = bytes(locked.textContent.trim());
    const plain = await decrypt(key, content.subarray(0, 12), content.subarray(12));
    return { key, page: JSON.parse(new TextDecoder().decode(plain)) };
  };

  // A locked file: 8 bytes of name, 7 of nonce, 1 of nothing, then pieces of 1 MiB with 16 bytes of tag each.
  const PIECE = (1 << 20) + 16;
  const media = new Map();
  const unlockFile = (key, url) => {
    const [address, type] = url.split("#");
    if (!media.has(address)) {
      media.set(address, (async () => {
        const answer = await fetch(address);
        if (!answer.ok) throw new Error(`${answer.status}`);
        const file = new Uint8Array(await answer.arrayBuffer());
        if (new TextDecoder().decode(file.subarray(0, 8)) !== "cimaise1") throw new Error("not a locked file");
        const nonce = new Uint8Array(12);
        nonce.set(file.subarray(8, 15));
        const parts = [];
        for (let at = 16, number = 0; at < file.length; at += PIECE, number += 1) {
          new DataView(nonce.buffer).setUint32(7, number);
          nonce[11] = at + PIECE >= file.length ? 1 : 0;
          parts.push(await decrypt(key, nonce, file.subarray(at, at + PIECE)));
        }
        return URL.createObjectURL(new Blob(parts, { type }));
      })());
    }
    return media.get(address);
  };

  const isLocked = (url) => /\/locked\/[0-9a-f]{32}\.bin#/.test(`/${url}`);
  const choose = (candidates, width) => (candidates.find((candidate) => candidate.width >= width) ?? candidates.at(-1))?.url;

  // Takes away what a browser would load by itself, and leaves a picture of the same shape.
  const hold = (page) => {
    for (const image of page.querySelectorAll("img[src]")) {
      if (!isLocked(image.getAttribute("src"))) continue;
      image.dataset.candidates = image.getAttribute("srcset") || `${image.getAttribute("src")} 1w`;
      image.removeAttribute("srcset");
      image.removeAttribute("loading");
      const shape = `<svg xmlns="http://www.w3.org/2000/svg" width="${image.width}" height="${image.height}"/>`;
      image.setAttribute("src", URL.createObjectURL(new Blob([shape], { type: "image/svg+xml" })));
    }
    for (const element of page.querySelectorAll("video, audio, source")) {
      for (const name of ["src", "poster"]) {
        const url = element.getAttribute(name);
        if (!url || !isLocked(url)) continue;
        element.dataset[name] = url;
        element.removeAttribute(name);
      }
    }
  };

  const candidatesOf = (image) => (image.dataset.candidates ?? "").split(", ").filter(Boolean).map((candidate) => {
    const [url, width] = candidate.split(" ");
    return { url, width: parseInt(width, 10) };
  });

  const show = async (key, element) => {
    try {
      if (element.tagName === "IMG") {
        // What covers a box and is cropped is wider than the box.
        const box = element.getBoundingClientRect();
        const ratio = element.width && element.height ? element.getAttribute("width") / element.getAttribute("height") : 1;
        const width = Math.max(box.width, box.height * ratio) * devicePixelRatio;
        element.src = await unlockFile(key, choose(candidatesOf(element), width));
        return;
      }
      const { poster } = element.dataset;
      if (poster) element.poster = await unlockFile(key, poster);
      for (const part of [element, ...element.querySelectorAll("source")]) {
        if (!part.dataset.src) continue;
        const url = part.dataset.src;
        delete part.dataset.src;
        element.src = await unlockFile(key, url);
        break;
      }
      if (element.autoplay || element.matches(".ambient")) element.play?.().catch(() => {});
    } catch {
      element.classList.add("unavailable");
    }
  };

  const watch = (key) => {
    const near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        show(key, target);
      }
    }, { rootMargin: "100% 50%" });
    for (const element of document.querySelectorAll("img[data-candidates], video, audio")) near.observe(element);
    // The viewer of pictures asks for larger ones.
    document.addEventListener("cimaise-load", ({ detail: { target, link, width } }) => {
      const candidates = candidatesOf(link.querySelector("img"));
      const url = width ? choose(candidates, width * devicePixelRatio) : link.getAttribute("href");
      target.dataset.wanted = url ?? "";
      if (url && isLocked(url)) {
        unlockFile(key, url).then((opened) => {
          if (target.dataset.wanted === url) target.src = opened;
        }, () => {});
      }
    });
  };

  const settled = (link) => new Promise((resolve) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
    setTimeout(resolve, 3000);
  });

  // The page takes the place of this one. Scripts that a parser found do not run; new ones do, in their order.
  const replace = async ({ key, page: { html, css } }) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    hold(page);
    const root = document.documentElement;
    for (const { name, value } of page.documentElement.attributes) root.setAttribute(name, value);
    const body = document.adoptNode(page.body);
    const head = document.adoptNode(page.head);
    const scripts = [...head.querySelectorAll("script[src]"), ...body.querySelectorAll("script[src]")];
    for (const script of scripts) script.remove();
    const sheets = [...head.querySelectorAll("link[rel=stylesheet]")];
    const loaded = Promise.all(sheets.map(settled));
    const old = [...document.head.children];
    document.head.append(...head.childNodes);
    // Not before the new sheets are there does the old one go.
    await loaded;
    for (const element of old) element.remove();
    if (css) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = [sheet];
    }
    document.body.replaceWith(body);
    watch(key);
    for (const { src } of scripts) {
      const script = document.createElement("script");
      script.src = src;
      script.async = false;
      document.head.append(script);
    }
    if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  };

  const why = (text) => {
    const reason = document.querySelector(".unlock-why");
    reason.textContent = text;
    reason.hidden = false;
  };

  const ask = () => {
    form.hidden = false;
    form.password.focus();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      said.textContent = "";
      button.disabled = true;
      try {
        const raw = await derive(form.password.value);
        const opened = await open(raw);
        remember(raw, form.keep.checked);
        await replace(opened);
      } catch (error) {
        said.textContent = error.name === "OperationError" ? "Wrong password." : `This page cannot be opened: ${error.message}`;
        button.disabled = false;
        form.password.select();
      }
    });
  };

  const begin = async () => {
    if (!window.crypto?.subtle) {
      why("This page is encrypted, and browsers open encrypted pages over HTTPS only. Its address begins with http:; try https: instead.");
      return;
    }
    const raw = remembered();
    if (!raw) {
      ask();
      return;
    }
    let opened;
    try {
      opened = await open(bytes(raw));
    } catch {
      // The password has changed since.
      forget();
      ask();
      return;
    }
    await replace(opened);
  };
  begin();
})();
