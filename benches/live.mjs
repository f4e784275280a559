// How long an author waits for `cimaise serve`, as a browser sees it.
//
//     node benches/live.mjs PROGRAM [SITE]
//
// 1. From the start of the program, without ledger and store, to a front page whose visible pictures have their final pixels: a site of
//    1,400 photos; and a story of 45 photos of 24 megapixels.
// 2. From saving a caption to the first frame that shows it, 20 saves each: 1,400 photos and 10,000 photos, right after the start (while
//    the program reads and renders the rest) and later.
//
// SITE takes the place of the site of 1,400 photos, and is copied. The others are made from the example site's photographs; that takes
// some minutes and 4 GB below TMPDIR. Needs Node.js, Chromium (CHROMIUM names another one), and `npm ci --prefix tests/browser`. Prints a
// table; the exit code is 1 if a figure is above its limit.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { photographs, scaled, writeSite } from "./live_sites.mjs";

const { chromium } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("playwright-core");

const [program, blog] = process.argv.slice(2);
const SAVES = 20;
const VIEWPORT = { width: 1280, height: 800 };
const work = mkdtempSync(join(tmpdir(), "cimaise-live-bench-"));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const now = () => performance.timeOrigin + performance.now();
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Starts `serve` on a site. `begun` is the time just before. */
async function start(site, cache) {
  const begun = now();
  const server = spawn(program, ["serve", site, "--port", "0", "--cache-dir", cache], { stdio: ["ignore", "pipe", "ignore"] });
  const base = await new Promise((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (data) => {
      const address = /http:\/\/\S+\//.exec((text += data));
      if (address) resolve(address[0]);
    });
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { begun, server, base };
}

/** Runs in the page: waits until every visible picture has been decoded. Returns the time of the first frame after that. */
async function visiblePictures() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const isVisible = (image) => {
    const box = image.getBoundingClientRect();
    return box.width > 0 && box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0;
  };
  for (;;) {
    const visible = [...document.images].filter(isVisible);
    if (document.readyState !== "loading" && visible.length > 0 && visible.every((image) => image.complete && image.naturalWidth > 0)) {
      await Promise.all(visible.map((image) => image.decode()));
      await frame();
      return { time: performance.timeOrigin + performance.now(), pictures: visible.length };
    }
    await frame();
  }
}

/** Returns the seconds from the start of the program until the page is complete as far as one sees. */
async function untilVisible(site, path) {
  const cache = mkdtempSync(join(work, "cache-"));
  const { begun, server, base } = await start(site, cache);
  const page = await browser.newPage({ viewport: VIEWPORT });
  try {
    await page.goto(base + path, { waitUntil: "commit" });
    const { time, pictures } = await page.evaluate(visiblePictures);
    return { seconds: (time - begun) / 1000, pictures };
  } finally {
    await page.close();
    server.kill();
    rmSync(cache, { recursive: true, force: true });
  }
}

/** Runs in the page: resolves with the time of the first frame that shows the text. */
function whenShown(text) {
  const isShown = () => document.body.innerText.toLowerCase().includes(text);
  window.shown = new Promise((resolve) => {
    const look = () => {
      if (!isShown()) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { childList: true, subtree: true, characterData: true, attributes: true });
  });
}

/** Saves a caption of a story again and again. Returns the milliseconds from each save to the screen. */
async function saves(page, file, caption) {
  const original = readFileSync(file, "utf8");
  const waits = [];
  for (let number = 0; number < SAVES; number += 1) {
    const text = `seen after save ${number}`;
    await page.evaluate(whenShown, text);
    const saved = now();
    writeFileSync(file, original.replace(caption, `$1${text}`));
    waits.push((await page.evaluate(() => window.shown)) - saved);
    await page.waitForTimeout(300);
  }
  writeFileSync(file, original);
  await page.waitForTimeout(500);
  return waits;
}

const idle = async (base) => (await (await fetch(`${base}.cimaise/state`)).json()).idle;

/** Measures saves right after the start, and once nothing is left to do or `patience` seconds have passed. */
async function saveToScreen(name, site, story, caption, patience, limit) {
  const cache = mkdtempSync(join(work, "cache-"));
  const { server, base } = await start(site, cache);
  const page = await browser.newPage({ viewport: VIEWPORT });
  try {
    await page.goto(`${base}${encodeURIComponent(story)}/`, { waitUntil: "load" });
    const file = join(site, story, "settings.yaml");
    report(`${name}, right after the start`, await saves(page, file, caption), limit);
    const end = now() + patience * 1000;
    while (now() < end && !(await idle(base))) await page.waitForTimeout(500);
    report(`${name}, ${(await idle(base)) ? "idle" : `${patience} s later, still rendering`}`, await saves(page, file, caption), limit);
  } finally {
    await page.close();
    server.kill();
    rmSync(cache, { recursive: true, force: true });
  }
}

function report(name, waits, limit) {
  const middle = median(waits);
  if (middle > limit) process.exitCode = 1;
  const [least, most] = [Math.min(...waits), Math.max(...waits)].map(Math.round);
  console.log(`${name}: save to screen ${Math.round(middle)} ms in the median of ${waits.length} (${least} to ${most}), limit ${limit} ms`);
}

function reportFirst(name, { seconds, pictures }, limit) {
  if (seconds > limit) process.exitCode = 1;
  console.log(`${name}: ${pictures} visible pictures after ${seconds.toFixed(2)} s, limit ${limit} s`);
}

/** Returns a story of a site that has a caption, and the pattern of the caption. */
function editable(site) {
  const caption = /^(\s+(?:- )?(?:title|sub_title|text): )(?!\{|\||>)\S.*$/m;
  for (const name of readdirSync(site).sort()) {
    try {
      const text = readFileSync(join(site, name, "settings.yaml"), "utf8");
      if (caption.test(text) && /pictures-group|bordered-picture/.test(text)) return { story: name, caption };
    } catch {
      // Not a gallery.
    }
  }
  throw new Error(`no story with a caption in ${site}`);
}

const MADE = /(title: )A caption to edit/;
try {
  const sources = photographs();
  const blogSite = join(work, "blog");
  if (blog) cpSync(blog, blogSite, { recursive: true, filter: (path) => !/\/(build|\.cimaise-cache)$/.test(path) });
  else writeSite(blogSite, sources, 35, 40);
  const large = await scaled(browser, sources.slice(0, 9), { width: 6000, height: 4000, noise: 16, quality: 0.9 });
  const megabytes = Math.round(large.reduce((sum, photo) => sum + photo.length, 0) / large.length / 1e6);
  writeSite(join(work, "large"), large, 1, 45);

  // The first start reads the photos into the page cache.
  await untilVisible(blogSite, "");
  reportFirst("1,400 photos, front page", await untilVisible(blogSite, ""), 1.5);
  await untilVisible(join(work, "large"), "story-000/");
  reportFirst(`45 photos of 24 megapixels (${megabytes} MB each), story`, await untilVisible(join(work, "large"), "story-000/"), 4);
  rmSync(join(work, "large"), { recursive: true });

  const { story, caption } = blog ? editable(blogSite) : { story: "story-000", caption: MADE };
  await saveToScreen("1,400 photos", blogSite, story, caption, 300, 150);
  rmSync(blogSite, { recursive: true });

  const small = await scaled(browser, sources, { width: 1500, height: 1000, noise: 6, quality: 0.8 });
  writeSite(join(work, "many"), small, 100, 100);
  await saveToScreen("10,000 photos", join(work, "many"), "story-000", MADE, 120, 300);
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
