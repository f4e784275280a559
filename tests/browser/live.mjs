// Writes in a site while Chromium shows it through `cimaise serve`: each save has to appear in the open page, in place.
//
//     node tests/browser/live.mjs CIMAISE SITE_FOLDER
//
// SITE_FOLDER is copied. Its first gallery in alphabetical order must have a text and pictures that open.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, unlinkSync, renameSync, copyFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [binary, from] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "cimaise-live-"));
const site = join(work, "site");
cpSync(from, site, { recursive: true, filter: (path) => !/\/(build|\.cimaise-cache)$/.test(path) });

const server = spawn(binary, ["serve", site, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
let said = "";
server.stderr.on("data", (data) => { said += data; });
const base = await new Promise((resolve, reject) => {
  let text = "";
  server.stdout.on("data", (data) => {
    text += data;
    const address = /http:\/\/\S+\//.exec(text);
    if (address) resolve(address[0]);
  });
  server.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

let passed = 0;
const check = async (name, body) => {
  try {
    await body();
    passed += 1;
  } catch (error) {
    console.log(`FAILED ${name}\n    ${error.message}\n${said.split("\n").slice(-12).join("\n")}`);
    process.exitCode = 1;
  }
};

try {
  const isStory = (name) => {
    try {
      const text = readFileSync(join(site, name, "settings.yaml"), "utf8");
      return /^ *title: /m.test(text) && /type: (pictures-group|bordered-picture|full-picture)/.test(text) && !/password/.test(text);
    } catch {
      return false;
    }
  };
  const gallery = readdirSync(site).filter((name) => statSync(join(site, name)).isDirectory()).sort().find(isStory);
  const file = join(site, gallery, "settings.yaml");
  const original = readFileSync(file, "utf8");
  const indent = /^( *)- type:/m.exec(original)[1];
  const page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(`${base}${encodeURIComponent(gallery)}/`);
  await page.waitForFunction(() => document.images.length > 0 && [...document.images].slice(0, 1).every((image) => image.complete && image.naturalWidth > 0));
  // The page that is open is never loaded again: what a script leaves in it stays.
  await page.evaluate(() => { window.mark = "still here"; });
  const marked = () => page.evaluate(() => window.mark);

  await check("a changed title appears, and the page stays where it was scrolled to", async () => {
    await page.evaluate(() => scrollTo(0, 900));
    const scrolled = await page.evaluate(() => scrollY);
    writeFileSync(file, original.replace(/^( *title: ).*$/m, "$1Changed while you watch"));
    await page.waitForFunction(() => document.title.includes("Changed while you watch") && document.body.innerText.toLowerCase().includes("changed while you watch"));
    assert.equal(await page.evaluate(() => scrollY), scrolled);
    assert.equal(await marked(), "still here");
  });

  await check("a new section appears", async () => {
    writeFileSync(file, `${original.trimEnd()}\n${indent}- type: text\n${indent}  text: A new paragraph at the end\n`);
    await page.waitForFunction(() => document.body.innerText.includes("A new paragraph at the end"));
    assert.equal(await marked(), "still here");
  });

  await check("a mistake shows above the last good page, and goes when it is corrected", async () => {
    writeFileSync(file, original.replace(/^( *)title: /m, "$1title: [\n$1titel: "));
    const overlay = page.locator("[role=alert]", { hasText: "settings.yaml" });
    await overlay.waitFor();
    assert.match(await overlay.locator("pre").innerText(), /settings\.yaml:\d+/);
    await page.screenshot({ path: join(tmpdir(), "cimaise-live-overlay.png") });
    assert.ok((await page.evaluate(() => document.body.innerText)).includes("A new paragraph at the end"));
    writeFileSync(file, original);
    await overlay.waitFor({ state: "detached" });
    await page.waitForFunction(() => !document.body.innerText.includes("A new paragraph at the end"));
    assert.equal(await marked(), "still here");
  });

  await check("an open picture stays open", async () => {
    await page.locator("a.zoom").first().click();
    await page.waitForFunction(() => document.querySelector("dialog.lightbox").open);
    writeFileSync(file, original.replace(/^( *title: ).*$/m, "$1Behind the picture"));
    await page.waitForFunction(() => document.title.includes("Behind the picture"));
    assert.ok(await page.evaluate(() => document.querySelector("dialog.lightbox").open));
    await page.keyboard.press("Escape");
    writeFileSync(file, original);
    await page.waitForFunction(() => !document.title.includes("Behind the picture"));
  });

  await check("the front page follows too, and a style sheet of the site", async () => {
    const front = await browser.newPage();
    await front.goto(base);
    writeFileSync(join(site, "custom.css"), "body { outline: 7px solid rgb(1, 2, 3); }");
    await front.waitForFunction(() => getComputedStyle(document.body).outlineWidth === "7px");
    writeFileSync(join(site, "custom.css"), "body { outline: 9px solid rgb(1, 2, 3); }");
    await front.waitForFunction(() => getComputedStyle(document.body).outlineWidth === "9px");
    unlinkSync(join(site, "custom.css"));
    await front.waitForFunction(() => getComputedStyle(document.body).outlineWidth !== "9px");
    await front.close();
  });

  await check("a change between the page and its script appears", async () => {
    const title = "Changed before the script came";
    const late = await browser.newPage();
    await late.route("**/.cimaise/live.js", async (route) => {
      writeFileSync(file, original.replace(/^( *title: ).*$/m, `$1${title}`));
      while (!(await (await fetch(late.url())).text()).includes(title)) await page.waitForTimeout(20);
      await route.continue();
    }, { times: 1 });
    await late.goto(`${base}${encodeURIComponent(gallery)}/`);
    await late.waitForFunction((title) => document.title.includes(title), title);
    writeFileSync(file, original);
    await late.waitForFunction((title) => !document.title.includes(title), title);
    await late.close();
  });

  await check("a replaced photo appears", async () => {
    const photos = readdirSync(join(site, gallery)).filter((name) => original.includes(name) && /\.jpe?g$/i.test(name));
    const [one, two] = [join(site, gallery, photos[0]), join(site, gallery, photos[1])];
    const before = await page.evaluate(() => [...document.images].map((image) => image.getAttribute("src")).join());
    copyFileSync(one, `${one}.keep`);
    copyFileSync(two, one);
    await page.waitForFunction((before) => [...document.images].map((image) => image.getAttribute("src")).join() !== before, before);
    renameSync(`${one}.keep`, one);
    await page.waitForFunction((before) => [...document.images].map((image) => image.getAttribute("src")).join() === before, before);
    assert.equal(await marked(), "still here");
  });

  await check("more pages than a browser opens connections for load and follow", async () => {
    const context = await browser.newContext();
    const pages = [];
    for (let count = 0; count < 8; count += 1) {
      const page = await context.newPage();
      page.on("pageerror", (error) => problems.push(error.message));
      await page.goto(`${base}${encodeURIComponent(gallery)}/`, { timeout: 20000 });
      pages.push(page);
    }
    const shows = (title) => Promise.all(pages.map((page) => page.waitForFunction((title) => document.title.includes(title), title, { timeout: 20000 })));
    const write = (title) => writeFileSync(file, original.replace(/^( *title: ).*$/m, `$1${title}`));
    write("In all pages");
    await shows("In all pages");
    // Another page takes over the connection from the one that had it.
    await pages.shift().close();
    write("In all other pages");
    await shows("In all other pages");
    // The same after a page goes elsewhere and comes back.
    await pages[0].goto(base, { timeout: 20000 });
    write("In all pages but one");
    await Promise.all(pages.slice(1).map((page) => page.waitForFunction(() => document.title.includes("In all pages but one"))));
    await pages[0].goBack({ timeout: 20000 });
    await shows("In all pages but one");
    // A mistake shows in all of them, and in one that is opened later.
    writeFileSync(file, original.replace(/^( *)title: /m, "$1title: [\n$1titel: "));
    const overlay = (page) => page.locator("[role=alert]", { hasText: "settings.yaml" });
    await Promise.all(pages.map((page) => overlay(page).waitFor()));
    const late = await context.newPage();
    await late.goto(base, { timeout: 20000 });
    await overlay(late).waitFor();
    writeFileSync(file, original);
    await Promise.all([...pages, late].map((page) => overlay(page).waitFor({ state: "detached" })));
    await context.close();
  });

  await check("no script of the page failed", async () => assert.deepEqual(problems, []));
} finally {
  await browser.close();
  server.kill();
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed`);
