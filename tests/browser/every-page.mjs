// What has to hold on every page of a site.
import { AxeBuilder } from "@axe-core/playwright";
import { fileOf } from "./server.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Opens a page and notes everything that goes wrong while it loads; embedded frames answer with an empty document. */
export async function open(context, base, url, troubles) {
  const page = await context.newPage();
  await page.route("**/*", (route) => {
    const request = route.request();
    if (request.url().startsWith(base)) return route.continue();
    if (request.frame() === page.mainFrame()) troubles.push(`asks elsewhere: ${request.url()}`);
    return route.fulfill({ contentType: "text/html", body: "<!doctype html><html lang=en><title>Elsewhere</title>" });
  });
  page.on("console", (message) => message.type() === "error" && troubles.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => troubles.push(`script: ${error.message}`));
  page.on("response", (response) => response.status() >= 400 && troubles.push(`${response.status()}: ${response.url()}`));
  await page.goto(url, { waitUntil: "load" });
  return page;
}

/** Scrolls through a page so that everything lazy is loaded, and waits for it. */
async function readThrough(page) {
  await page.evaluate(async () => {
    const pause = (time) => new Promise((done) => setTimeout(done, time));
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
      scrollTo(0, y);
      await pause(30);
    }
    const images = [...document.images];
    const loaded = (image) => image.complete || new Promise((done) => { image.onload = image.onerror = done; });
    await Promise.race([Promise.all(images.map(loaded)), pause(10_000)]);
    scrollTo(0, 0);
  });
}

async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).exclude("iframe").analyze();
  return violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`);
}

/** The checks; each gives the list of what is wrong. */
export const checks = {
  async "loads completely, from here only, without errors"({ browser, base, url }) {
    const troubles = [];
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await open(context, base, url, troubles);
    await readThrough(page);
    const broken = await page.evaluate(() =>
      [...document.images].filter((image) => !image.complete || image.naturalWidth === 0).map((image) => image.currentSrc));
    await context.close();
    return [...troubles, ...broken.map((src) => `picture does not load: ${src}`)];
  },

  // Text over a picture grows from the picture's lower edge while its lines arrive; all together stays below what counts as good.
  async "hardly shifts on a slow line, and its menu not at all"({ browser, base, url }) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addInitScript(() => {
      window.shifts = [];
      const name = (node) => (node?.className && `.${node.className}`) || node?.nodeName || "a node that is gone";
      const add = (list) => list.getEntries().forEach(({ value, sources }) => {
        const isMenu = sources.some(({ node }) => (node?.closest ? node : node?.parentElement)?.closest(".bar, .menu"));
        window.shifts.push({ value, isMenu, what: sources.map((source) => name(source.node)).join(", ") });
      });
      new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    });
    const page = await open(context, base, `${url}?slowly`, []);
    await readThrough(page);
    const shifts = await page.evaluate(() => window.shifts);
    await context.close();
    const sum = shifts.reduce((sum, shift) => sum + shift.value, 0);
    const wrong = sum > 0.1 ? shifts : shifts.filter((shift) => shift.isMenu);
    return wrong.map(({ value, what }) => `layout shift of ${value.toFixed(4)}: ${what}`);
  },

  async "is accessible in light and dark"({ browser, base, url }) {
    const found = [];
    const context = await browser.newContext({ reducedMotion: "reduce" });
    const page = await open(context, base, url, []);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await violations(page)).map((text) => `${colorScheme}: ${text}`));
    }
    await context.close();
    return found;
  },

  async "fits narrow screens"({ browser, base, url }) {
    const found = [];
    const context = await browser.newContext({ hasTouch: true });
    const page = await open(context, base, url, []);
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 700 });
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      if (needed > width) found.push(`needs ${needed} pixels of ${width}`);
    }
    await context.close();
    return found;
  },

  async "links only to files that are there"({ browser, root, base, url }) {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await open(context, base, url, []);
    const links = await page.evaluate(() => {
      const candidates = [...document.querySelectorAll("[srcset]")].flatMap((image) => image.srcset.split(", ").map((one) => one.split(" ")[0]));
      const plain = [...document.querySelectorAll("a[href], link[href]")].map((link) => link.getAttribute("href"));
      return [...candidates, ...plain].map((link) => new URL(link, location.href).href);
    });
    await context.close();
    const dead = links.filter((link) => link.startsWith(base) && !fileOf(root, new URL(link).pathname));
    return [...new Set(dead)];
  },

  async "works without scripts"({ browser, base, url }) {
    const troubles = [];
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await open(context, base, url, troubles);
    if (!(await page.locator("main").isVisible())) troubles.push("no content");
    if (await page.locator("button:visible").count()) troubles.push("a button that does nothing");
    const zoom = page.locator("a.zoom").first();
    if (await zoom.count()) {
      const href = await zoom.evaluate((link) => link.href);
      const response = await page.goto(href);
      const type = response.headers()["content-type"];
      if (!type.startsWith("image/")) troubles.push(`a picture leads to ${type}`);
    }
    await context.close();
    return troubles;
  },
};
