// Opens a protected page: the password becomes a key (PBKDF2, HKDF), the key opens the page (AES-GCM), and the page takes the place of
// the form. Encrypted pictures and films are opened when they come near. Keys stay in IndexedDB, which never hands them out.
(() => {
  "use strict";
  const locked = document.getElementById("locked");
  const form = document.querySelector(".unlock form");
  const said = document.querySelector(".unlock-said");
  const { salt, rounds, place } = locked.dataset;
  // The folder of the site: this script lies in `assets`.
  const root = new URL("..", document.currentScript.src).pathname;
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const utf8 = (text) => new TextEncoder().encode(text);
  const attempt = async (action) => {
    try {
      return await action();
    } catch {
      return null;
    }
  };

  // Does something with the stored keys. Fails without IndexedDB, as in private windows of some browsers.
  const keys = (action) => new Promise((resolve, reject) => {
    const opening = indexedDB.open("cimaise", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys", { keyPath: ["salt", "id"] });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const work = opening.result.transaction("keys", "readwrite");
      const asked = action(work.objectStore("keys"));
      work.onabort = () => reject(work.error);
      work.oncomplete = () => {
        opening.result.close();
        resolve(asked.result);
      };
    };
  });
  const ours = () => IDBKeyRange.bound([salt], [salt, []]);
  // The mark of a tab says which keys are its own.
  const tab = () => (sessionStorage["cimaise-tab"] ??= crypto.randomUUID());
  const put = (entry) => keys((store) => store.put({ ...entry, salt, used: Date.now() }));
  const remember = (key, keep) => put({ id: crypto.randomUUID(), owner: keep ? "" : tab(), key });
  // The keys of this site for this tab. Those of tabs that were closed go after a day.
  const remembered = async () => {
    const owners = ["", tab()];
    const all = await keys((store) => store.getAll(ours()));
    const isOld = ({ owner, used }) => owner && Date.now() - used > 864e5;
    for (const { id } of all.filter(isOld)) await keys((store) => store.delete([salt, id]));
    return all.filter((entry) => !isOld(entry) && owners.includes(entry.owner));
  };
  // In every tab.
  const others = new BroadcastChannel("cimaise");
  const forget = async () => {
    await attempt(() => keys((store) => store.delete(ours())));
    others.postMessage(salt);
    location.reload();
  };

  const derive = async (password) => {
    const { subtle } = crypto;
    const typed = await subtle.importKey("raw", utf8(password.normalize("NFC")), "PBKDF2", false, ["deriveBits"]);
    const method = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: Number(rounds) };
    const stretched = await subtle.importKey("raw", await subtle.deriveBits(method, typed, 256), "HKDF", false, ["deriveKey"]);
    const split = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("cimaise 2 encryption") };
    return subtle.deriveKey(split, stretched, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  };
  const decrypt = (key, iv, data, what) =>
    crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: utf8(`cimaise 2 ${what}`) }, key, data);

  const open = async (key) => {
    const content = bytes(locked.textContent.trim());
    const plain = await decrypt(key, content.subarray(0, 12), content.subarray(12), `page ${place}`);
    return { key, page: JSON.parse(new TextDecoder().decode(plain)) };
  };

  // A locked file: 8 bytes of name, 7 of nonce, 1 of nothing, then pieces of 1 MiB with 16 bytes of tag each.
  const PIECE = (1 << 20) + 16;
  const LOCKED = /locked\/[0-9a-f]{32}\.bin(?=#)/;
  const media = new Map();
  const unlockFile = (key, url) => {
    const [address, type] = url.split("#");
    if (!media.has(address)) {
      media.set(address, (async () => {
        const answer = await fetch(address);
        if (!answer.ok) throw new Error(`${answer.status}`);
        const file = new Uint8Array(await answer.arrayBuffer());
        if (new TextDecoder().decode(file.subarray(0, 8)) !== "cimaise2") throw new Error("not a locked file");
        const nonce = new Uint8Array(12);
        nonce.set(file.subarray(8, 15));
        const parts = [];
        for (let at = 16, number = 0; at < file.length; at += PIECE, number += 1) {
          new DataView(nonce.buffer).setUint32(7, number);
          nonce[11] = at + PIECE >= file.length ? 1 : 0;
          parts.push(await decrypt(key, nonce, file.subarray(at, at + PIECE), `file ${url.match(LOCKED)[0]}`));
        }
        return URL.createObjectURL(new Blob(parts, { type }));
      })());
    }
    return media.get(address);
  };

  const isLocked = (url) => LOCKED.test(url);
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

  const addForget = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Forget password";
    button.title = "Lock this site's pages again, in every tab";
    button.addEventListener("click", forget);
    const paragraph = document.createElement("p");
    paragraph.className = "forget";
    paragraph.append(button);
    (document.querySelector("body > footer") ?? document.body).append(paragraph);
  };

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
    addForget();
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

  const finish = async (opened) => {
    await replace(opened);
    // What was forgotten closes: in other tabs, and where the button "back" leads.
    others.onmessage = ({ data }) => data === salt && location.reload();
    addEventListener("pageshow", async ({ persisted }) => {
      if (persisted && !(await attempt(remembered))?.length) location.reload();
    });
  };

  const ask = (storage) => {
    if (!storage) {
      why("This window cannot keep a key, so each protected page asks for the password.");
      form.querySelector(".unlock-keep").hidden = true;
    }
    form.hidden = false;
    form.password.focus();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      said.textContent = "";
      button.disabled = true;
      try {
        const key = await derive(form.password.value);
        const opened = await open(key);
        await attempt(() => remember(key, form.keep.checked));
        await finish(opened);
      } catch (error) {
        said.textContent = error.name === "OperationError" ? "Wrong password." : `This page cannot be opened: ${error.message}`;
        button.disabled = false;
        form.password.select();
      }
    });
  };

  // Whether the page lies where it was made for, and so is not another one in its place. Some hosts ignore case.
  const isHome = () => {
    const here = location.pathname.slice(root.length).replace(/(^|\/)(index(\.html?)?)?$/, "$1index.html");
    const fold = (text) => text.normalize("NFC").toLowerCase();
    return location.pathname.startsWith(root) && fold(decodeURIComponent(here)) === fold(place);
  };

  const begin = async () => {
    if (!window.crypto?.subtle) {
      why("This page is encrypted, and browsers open encrypted pages over HTTPS only. Its address begins with http:; try https: instead.");
      return;
    }
    if (!isHome()) {
      why(`This page belongs at another address of the site (${place}) and does not open here.`);
      return;
    }
    // Older versions kept keys as text.
    for (const store of ["sessionStorage", "localStorage"]) {
      await attempt(() => Object.keys(window[store]).filter((name) => name.startsWith("cimaise-key ")).forEach((name) => window[store].removeItem(name)));
    }
    const known = await attempt(remembered);
    for (const entry of known ?? []) {
      const opened = await attempt(() => open(entry.key));
      if (!opened) continue;
      await attempt(() => put(entry));
      await finish(opened);
      return;
    }
    ask(known);
  };
  begin().catch((error) => why(`This page cannot be opened: ${error.message}`));
})();
