// The preview's script: brings an open page up to date without loading it again, and shows mistakes above it. Built sites do not have it.
//
// A page changes in three trees: what the server sent before, what it sends now, and the document, which other scripts have changed
// in between (an open picture, a playing video). Only differences between the first two are made in the document.
(() => {
  "use strict";
  const script = document.currentScript;
  let shown = Number(script.dataset.snapshot);
  let before = null;
  // The node of the document for each node of `before`.
  const alive = new WeakMap();

  const fetched = async () => {
    const response = await fetch(location.pathname + location.search, { cache: "no-cache" });
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const own = page.querySelector("script[data-snapshot]");
    const snapshot = Number(own?.dataset.snapshot ?? 0);
    own?.remove();
    return { page, snapshot };
  };

  // Pairs the nodes of a page that has just loaded with those of the document. Nodes that scripts have added have no partner.
  const pair = (old, live) => {
    alive.set(old, live);
    let next = live.firstChild;
    for (const child of old.childNodes) {
      let candidate = next;
      while (candidate && !(candidate.nodeName === child.nodeName && candidate !== script)) candidate = candidate.nextSibling;
      if (!candidate) continue;
      pair(child, candidate);
      next = candidate.nextSibling;
    }
  };

  const setAttributes = (old, now) => {
    const live = alive.get(old);
    for (const { name } of [...old.attributes]) {
      if (now.hasAttribute(name)) continue;
      old.removeAttribute(name);
      live?.removeAttribute(name);
    }
    for (const { name, value } of now.attributes) {
      if (old.getAttribute(name) === value) continue;
      old.setAttribute(name, value);
      live?.setAttribute(name, value);
    }
  };

  const remove = (old) => {
    alive.get(old)?.remove();
    old.remove();
  };

  const clone = (now) => {
    const [old, live] = [document.importNode(now, true), document.importNode(now, true)];
    pair(old, live);
    return [old, live];
  };

  // Inserts a copy of a node before `next`, a child of `old` or null.
  const insert = (old, now, next) => {
    const [copy, live] = clone(now);
    const parent = alive.get(old);
    if (parent) {
      let after = next;
      while (after && alive.get(after)?.parentNode !== parent) after = after.nextSibling;
      const last = old.lastChild && alive.get(old.lastChild);
      parent.insertBefore(live, after ? alive.get(after) : last?.parentNode === parent ? last.nextSibling : null);
    }
    old.insertBefore(copy, next);
  };

  const change = (old, now) => {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data === now.data) return;
      old.data = now.data;
      const live = alive.get(old);
      if (live) live.data = now.data;
      return;
    }
    setAttributes(old, now);
    changeChildren(old, now);
  };

  // How well two nodes fit together: equal, of the same kind, or not at all.
  const isSame = (a, b) => a.isEqualNode(b);
  const isKin = (a, b) => a.nodeName === b.nodeName && (a.className ?? "") === (b.className ?? "") && (a.id ?? "") === (b.id ?? "");

  const changeChildren = (old, now) => {
    let olds = [...old.childNodes];
    let nows = [...now.childNodes];
    while (olds.length && nows.length && isSame(olds[0], nows[0])) {
      olds.shift();
      nows.shift();
    }
    let next = null;
    while (olds.length && nows.length && isSame(olds.at(-1), nows.at(-1))) {
      next = olds.pop();
      nows.pop();
    }
    // What is left: equal nodes stay, those between them are changed, added or removed in order.
    while (olds.length || nows.length) {
      if (!nows.length) remove(olds.shift());
      else if (!olds.length) insert(old, nows.shift(), next);
      else {
        const [first, wanted] = [olds[0], nows[0]];
        if (isSame(first, wanted)) {
          olds.shift();
          nows.shift();
        } else if (olds.slice(1).some((other) => isSame(other, wanted))) remove(olds.shift());
        else if (nows.slice(1).some((other) => isSame(first, other))) insert(old, nows.shift(), first);
        else if (isKin(first, wanted) || first.nodeName === wanted.nodeName && first.nodeType !== Node.ELEMENT_NODE) {
          change(olds.shift(), nows.shift());
        } else {
          insert(old, nows.shift(), first);
          remove(olds.shift());
        }
      }
    }
  };

  // Style sheets are loaded before the page refers to them, so that it never shows without style.
  const loadStyles = (page) => {
    const links = [...page.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href"));
    const known = new Set([...before.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href")));
    return Promise.all(links.filter((link) => !known.has(link)).map((link) => fetch(link).catch(() => null)));
  };

  // A protected page is opened by a script of its own, with what the browser remembers.
  const isLocked = (page) => page.querySelector("[data-locked], form.unlock, #locked") !== null;

  let running = Promise.resolve();
  const update = () => {
    running = running.then(async () => {
      const answer = await fetched();
      // The page is gone, or there never was one.
      if (!answer || shown === 0) return location.reload();
      const { page, snapshot } = answer;
      if (isLocked(page) || isLocked(before)) {
        if (!page.documentElement.isEqualNode(before.documentElement)) location.reload();
        return;
      }
      await loadStyles(page);
      change(before.documentElement, page.documentElement);
      document.title = page.title;
      shown = snapshot;
      dispatchEvent(new CustomEvent("cimaise-changed"));
    }).catch(() => {});
  };

  // Mistakes are shown in a place of their own, which styles of the page do not reach.
  let overlay = null;
  const showProblems = (problems) => {
    if (!problems) {
      overlay?.remove();
      overlay = null;
      return;
    }
    if (!overlay) {
      overlay = document.createElement("div");
      overlay.setAttribute("role", "alert");
      const shadow = overlay.attachShadow({ mode: "open" });
      const style = new CSSStyleSheet();
      style.replaceSync(`
        :host { position: fixed; inset: auto 0 0 0; z-index: 2147483647; color-scheme: light dark; }
        section { display: grid; gap: 0.75rem; max-height: 60vh; overflow: auto; padding: 1rem 1.25rem 1.25rem; font: 14px/1.5 ui-monospace,
          SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; color: light-dark(#2a1512, #f6e9e6);
          background: light-dark(#fff6f4, #2a1714); border-top: 3px solid light-dark(#c2361f, #ff7a5c);
          box-shadow: 0 -8px 32px rgb(0 0 0 / 0.25); }
        header { display: flex; align-items: baseline; gap: 1rem; font-family: system-ui, sans-serif; }
        h1 { margin: 0; font-size: 15px; flex: 1; }
        button { font: inherit; color: inherit; background: none; border: 1px solid currentColor; border-radius: 4px;
          padding: 0.1rem 0.6rem; cursor: pointer; }
        pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
        @media (min-width: 60rem) { section { padding-inline: calc(50vw - 28rem); } }
      `);
      shadow.adoptedStyleSheets = [style];
      const section = document.createElement("section");
      const header = document.createElement("header");
      const title = document.createElement("h1");
      const hide = document.createElement("button");
      hide.textContent = "Hide";
      hide.addEventListener("click", () => showProblems(null));
      header.append(title, hide);
      section.append(header, document.createElement("pre"));
      shadow.append(section);
      document.documentElement.append(overlay);
    }
    const root = overlay.shadowRoot;
    const outcome = shown === 0 ? " It appears here as soon as they are corrected." : problems.stale ? " This is its last version without errors." : "";
    root.querySelector("h1").textContent = `The site has errors.${outcome}`;
    root.querySelector("pre").textContent = problems.text;
  };

  const receive = ({ name, data }) => {
    if (name === "snapshot" && Number(data) !== shown || name === "missed") update();
    if (name === "problems") showProblems(JSON.parse(data));
  };

  // Browsers open only six connections to a host. So one visible page of the site, the holder of a lock, has the connection for events,
  // and passes them on to all others. Where browsers have no locks (a preview in the network, without HTTPS), each visible page has a
  // connection.
  const NAME = "cimaise-events";
  const others = navigator.locks ? new BroadcastChannel(NAME) : null;
  // Ends the listening; null while the page does not listen.
  let end = null;

  const connect = () => {
    const source = new EventSource("/.cimaise/events");
    for (const name of ["snapshot", "problems", "missed"]) {
      source.addEventListener(name, ({ data }) => {
        receive({ name, data });
        others?.postMessage({ name, data });
      });
    }
    return source;
  };

  // Waits until no other page has the connection, and then has it until `signal` aborts.
  const share = (signal) => navigator.locks.request(NAME, { signal }, () => new Promise((release) => {
    if (signal.aborted) return release();
    const source = connect();
    signal.addEventListener("abort", () => {
      source.close();
      release();
    });
  })).catch(() => {});

  // What happened while the page did not listen: only the page with the connection receives it from the server.
  const catchUp = async () => {
    const response = await fetch("/.cimaise/state", { cache: "no-store" }).catch(() => null);
    const state = response?.ok ? await response.json() : null;
    if (!state || !end) return;
    receive({ name: "snapshot", data: state.snapshot });
    showProblems(state.problems && { text: state.problems, stale: state.stale });
  };

  const listen = () => {
    if (end) return;
    if (!others) {
      const source = connect();
      end = () => source.close();
      return;
    }
    const controller = new AbortController();
    end = () => controller.abort();
    others.onmessage = ({ data }) => receive(data);
    share(controller.signal);
    catchUp();
  };
  const stop = () => {
    if (others) others.onmessage = null;
    end?.();
    end = null;
  };
  const follow = () => (document.hidden ? stop() : listen());
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", follow);

  const begin = async () => {
    const answer = await fetched();
    if (answer) {
      before = answer.page;
      pair(before.documentElement, document.documentElement);
      shown = shown && answer.snapshot;
    }
    follow();
  };
  begin();
})();
