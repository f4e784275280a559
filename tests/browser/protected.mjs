// Builds a site with protected galleries and opens it in Chromium.
//
//     node tests/browser/protected.mjs PROGRAM
//
// CHROMIUM names the browser (default: /usr/bin/chromium).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const example = join(dirname(fileURLToPath(import.meta.url)), "../../example");
const HERONS = "seven quiet herons";
const OWLS = "nine loud owls";

/** A site of three galleries: an open one, and two with different passwords, of which the first keeps its pictures too. */
function site() {
  const root = mkdtempSync(join(tmpdir(), "cimaise-protected-"));
  const put = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const bring = (from, to) => copyFileSync(join(example, from), join(root, to));
  put("settings.yaml", "title: Birds\n");
  put("open/settings.yaml", "title: Larks\ndate: 2024-01-03\ncover: a.jpg\nsections:\n- {type: bordered-picture, image: a.jpg}\n");
  put("herons/settings.yaml", `title: Herons\ndate: 2024-01-02\ncover: a.jpg\npassword: ${HERONS}\nprotect: media\nsections:
- {type: full-picture, image: a.jpg, text: {title: Herons}}
- type: pictures-group
  images:
  - [a.jpg, b.jpg]
  - [c.jpg]
- {type: audio, image: rain.mp3, title: Rain}\n`);
  put("owls/settings.yaml", `title: Owls\ndate: 2024-01-01\ncover: a.jpg\npassword: ${OWLS}\nsections:\n- {type: bordered-picture, image: a.jpg, text: Hoo}\n`);
  bring("looking-up/courtyard.jpg", "open/a.jpg");
  bring("small-things/dandelions.jpg", "herons/a.jpg");
  bring("small-things/dragonfly.jpg", "herons/b.jpg");
  bring("small-things/nuthatch.jpg", "herons/c.jpg");
  bring("a-rainy-sunday/rain.mp3", "herons/rain.mp3");
  bring("a-rainy-sunday/lamp.jpg", "owls/a.jpg");
  return root;
}

const root = site();
execFileSync(process.argv[2], ["build", "--quiet", root], { stdio: "inherit" });
const build = join(root, "build");
// Pictures that were opened in the browser are shown by addresses that begin with `blob:`.
const { base, stop } = await serve(build, "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

async function visit(context, path) {
  const page = await context.newPage();
  page.troubles = [];
  page.on("console", (message) => message.type() === "error" && page.troubles.push(message.text()));
  page.on("pageerror", (error) => page.troubles.push(error.message));
  await page.goto(base + path);
  return page;
}

async function type(page, password) {
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Open" }).click();
}

const isOpen = (page) => page.locator("main.unlock").waitFor({ state: "detached", timeout: 20_000 });
// The form comes when the browser has looked for keys.
const asks = (page) => page.getByLabel("Password").waitFor({ timeout: 10_000 });
const violations = async (page) => (await new AxeBuilder({ page }).analyze()).violations.map((rule) => rule.id);

const tests = {
  async "a wrong password says so, and the right one opens"(context) {
    const page = await visit(context, "owls/");
    assert.equal(await page.title(), "Owls · Birds");
    await type(page, HERONS);
    await page.getByText("Wrong password.").waitFor();
    assert.deepEqual(await violations(page), []);
    await type(page, OWLS);
    await isOpen(page);
    assert.equal(await page.title(), "Owls · Birds");
    assert.ok(await page.getByText("Hoo").first().isVisible());
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(page.troubles, []);
  },

  async "two galleries with different passwords both stay open for the session"(context) {
    const page = await visit(context, "owls/");
    await type(page, OWLS);
    await isOpen(page);
    await page.goto(`${base}herons/`);
    await asks(page);
    await type(page, HERONS);
    await isOpen(page);
    for (const path of ["owls/", "herons/", "owls/"]) {
      await page.goto(base + path);
      await isOpen(page);
    }
    await page.goBack();
    await isOpen(page);
    assert.deepEqual(page.troubles, []);
  },

  async "a device remembers only if it is told to"(context) {
    const first = await visit(context, "owls/");
    await type(first, OWLS);
    await isOpen(first);
    // Another tab is another session.
    const second = await visit(context, "owls/");
    await asks(second);
    await second.getByLabel("Remember on this device").check();
    await type(second, OWLS);
    await isOpen(second);
    await isOpen(await visit(context, "owls/"));
  },

  async "a key stays in the browser: storage holds nothing that a script could copy"(context) {
    // What an older version left behind goes.
    await context.addInitScript(() => localStorage.setItem("cimaise-key old", "AAAA"));
    const page = await visit(context, "owls/");
    await page.getByLabel("Remember on this device").check();
    await type(page, OWLS);
    await isOpen(page);
    const stored = await page.evaluate(async () => {
      const database = await new Promise((done) => {
        const opening = indexedDB.open("cimaise");
        opening.onsuccess = () => done(opening.result);
      });
      const entries = await new Promise((done) => {
        const asked = database.transaction("keys").objectStore("keys").getAll();
        asked.onsuccess = () => done(asked.result);
      });
      database.close();
      const exported = await Promise.all(entries.map(({ key }) => crypto.subtle.exportKey("raw", key).then(() => true, () => false)));
      return {
        keys: entries.map(({ key }) => [key instanceof CryptoKey, key.extractable, key.usages.join()]),
        exported,
        texts: [...Object.values(localStorage), ...Object.values(sessionStorage)],
        names: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      };
    });
    assert.deepEqual(stored.keys, [[true, false, "decrypt"]]);
    assert.deepEqual(stored.exported, [false]);
    assert.ok(stored.names.every((name) => name === "cimaise-tab"), stored.names.join());
    assert.ok(stored.texts.every((text) => /^[0-9a-f-]{36}$/.test(text)), stored.texts.join());
    assert.deepEqual(page.troubles, []);
  },

  async "Forget locks the page again, in all tabs and behind the button back"(context) {
    const first = await visit(context, "owls/");
    await first.getByLabel("Remember on this device").check();
    await type(first, OWLS);
    await isOpen(first);
    const second = await visit(context, "owls/");
    await isOpen(second);
    await first.goto(`${base}open/`);
    await first.goto(`${base}owls/`);
    await isOpen(first);
    const button = first.getByRole("button", { name: "Forget password" });
    await button.focus();
    await first.keyboard.press("Enter");
    for (const page of [first, second]) await page.getByLabel("Password").waitFor();
    await first.goto(`${base}open/`);
    await first.goBack();
    await first.getByLabel("Password").waitFor();
    await asks(await visit(context, "owls/"));
    assert.deepEqual([...first.troubles, ...second.troubles], []);
  },

  async "keys of tabs that were closed do not stay"(context) {
    const page = await visit(context, "owls/");
    await type(page, OWLS);
    await isOpen(page);
    const count = () => page.evaluate(() => new Promise((done) => {
      const opening = indexedDB.open("cimaise");
      opening.onsuccess = () => {
        const asked = opening.result.transaction("keys").objectStore("keys").count();
        asked.onsuccess = () => { opening.result.close(); done(asked.result); };
      };
    }));
    assert.equal(await count(), 1);
    await page.evaluate(() => sessionStorage.clear());
    await page.clock.install({ time: Date.now() + 2 * 86400e3 });
    await page.goto(`${base}owls/`);
    await page.getByLabel("Password").waitFor();
    assert.equal(await count(), 0);
  },

  async "without IndexedDB every page asks, and says why"(context) {
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("private", "SecurityError");
      };
    });
    const page = await visit(context, "owls/");
    await page.getByText("This window cannot keep a key").waitFor();
    assert.equal(await page.getByLabel("Remember on this device").isVisible(), false);
    await type(page, OWLS);
    await isOpen(page);
    await page.goto(`${base}owls/`);
    await page.getByLabel("Password").waitFor();
    assert.deepEqual(page.troubles, []);
  },

  async "a page that was put in the place of another does not open there"(context) {
    // The host answers with the other gallery that the same password opens, as it is.
    const other = readFileSync(join(build, "herons/index.html"), "utf8");
    await context.route(`${base}owls/`, (route) => route.fulfill({ body: other, contentType: "text/html" }));
    const page = await visit(context, "owls/");
    await page.getByText("This page belongs at another address of the site (herons/index.html)").waitFor();
    assert.equal(await page.getByLabel("Password").isVisible(), false);
    // With the address made to fit, it is the ciphertext that does not.
    await context.unrouteAll();
    const forged = other.replace('data-place="herons/index.html"', 'data-place="owls/index.html"');
    await context.route(`${base}owls/`, (route) => route.fulfill({ body: forged, contentType: "text/html" }));
    await page.goto(`${base}owls/`);
    await type(page, HERONS);
    await page.getByText("Wrong password.").waitFor();
  },

  async "a picture that was put in the place of another is not shown"(context) {
    const names = readdirSync(join(build, "locked"));
    await context.route(/\/locked\//, (route) => {
      const name = route.request().url().split("/").at(-1);
      const other = names[(names.indexOf(name) + 1) % names.length];
      return route.fulfill({ body: readFileSync(join(build, "locked", other)), contentType: "application/octet-stream" });
    });
    const page = await visit(context, "herons/");
    await type(page, HERONS);
    await isOpen(page);
    await page.locator("main img.unavailable").first().waitFor({ state: "attached" });
    assert.deepEqual(page.troubles, []);
  },

  async "a site in a folder opens by any spelling of its address"(context) {
    const page = await visit(context, "owls/index.html?from=mail#content");
    await type(page, OWLS);
    await isOpen(page);
    assert.deepEqual(page.troubles, []);
  },

  async "protected pictures are shown, enlarged and played"(context) {
    const page = await visit(context, "herons/");
    await type(page, HERONS);
    await isOpen(page);
    const images = page.locator("main img");
    for (let index = 0; index < (await images.count()); index += 1) {
      await images.nth(index).scrollIntoViewIfNeeded();
      await page.waitForFunction((at) => {
        const image = document.querySelectorAll("main img")[at];
        return image.complete && image.naturalWidth > 1 && image.src.startsWith("blob:") && !image.src.includes("svg") && image.dataset.candidates;
      }, index);
    }
    // What is shown now are pictures, not the shapes that kept their place.
    await page.waitForTimeout(500);
    const types = await images.evaluateAll((list) => Promise.all(list.map(async (image) => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 8;
      const drawing = canvas.getContext("2d");
      drawing.drawImage(image, 0, 0, 8, 8);
      const { data } = drawing.getImageData(0, 0, 8, 8);
      return data.some((value, at) => at % 4 === 3 && value === 255);
    })));
    assert.ok(types.length >= 4 && types.every(Boolean), "every picture has pixels");
    await page.locator("a.zoom").nth(1).click();
    await page.waitForFunction(() => {
      const image = document.querySelector(".stage img");
      return image?.complete && image.naturalWidth >= 900;
    });
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Escape");
    await page.locator("audio").scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelector("audio").src.startsWith("blob:"));
    await page.locator("audio").evaluate((audio) => audio.play());
    await page.waitForFunction(() => document.querySelector("audio").currentTime > 0.2);
    assert.deepEqual(page.troubles, []);
  },

  async "no protected picture is to be had by its address"(context) {
    const page = await visit(context, "open/");
    const names = readdirSync(join(build, "locked"));
    assert.ok(names.length >= 8, `${names.length} files`);
    for (const name of names) {
      const url = `${base}locked/${name}`;
      const opened = await page.evaluate((source) => new Promise((done) => {
        const image = new Image();
        image.onload = () => done(true);
        image.onerror = () => done(false);
        image.src = source;
      }), url);
      assert.equal(opened, false, name);
    }
    const published = readdirSync(build, { recursive: true }).filter((path) => /herons\/.*\.(jpg|mp3)$/.test(path));
    assert.deepEqual(published, []);
  },

  async "the front page shows no cover of what is protected"(context) {
    const page = await visit(context, "");
    assert.equal(await page.locator(".locked-cover").count(), 2);
    assert.equal(await page.locator(".tile img").count(), 1);
    assert.deepEqual(await violations(page), []);
  },

  async "where the browser cannot decrypt, the page says why"(context) {
    await context.addInitScript(() => Object.defineProperty(window, "crypto", { value: {} }));
    const page = await visit(context, "owls/");
    await page.getByText("over HTTPS only").waitFor();
    assert.equal(await page.getByLabel("Password").isVisible(), false);
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 } });
  try {
    await test(context);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n    ${error.message}`);
  }
  await context.close();
}
if (process.env.SCREENSHOTS) {
  for (const [path, name] of [["owls/", "form"], ["owls/", "opened"], ["", "front"]]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [390, 1280]) {
        const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
        const page = await visit(context, path);
        if (path) await type(page, name === "opened" ? OWLS : "wrong");
        if (name === "opened") {
          await isOpen(page);
          await page.locator(".forget").scrollIntoViewIfNeeded();
        }
        await page.waitForTimeout(800);
        await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}-${colorScheme}-${width}.png`) });
        await context.close();
      }
    }
  }
}
await browser.close();
await stop();
rmSync(root, { recursive: true });
console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
