// What a reader does: look at pictures one after the other, and choose colours. Each flow throws when a step fails.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { open } from "./every-page.mjs";

const box = (page) => page.locator("dialog.lightbox");
const at = (page) => page.locator(".lightbox-count").textContent();
const isOpen = (page) => box(page).evaluate((dialog) => dialog.open);
const focus = (page) => page.evaluate(() => {
  const element = document.activeElement;
  if (element.closest("dialog")) return "dialog";
  return element.matches("a.zoom") ? [...document.querySelectorAll("a.zoom")].indexOf(element) : element.tagName;
});

async function withPage({ browser, base }, url, options, body) {
  const troubles = [];
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, ...options });
  try {
    const page = await open(context, base, url, troubles);
    await body(page, context);
    assert.deepEqual(troubles, []);
  } finally {
    await context.close();
  }
}

/** Returns the numbers of the pictures on each page of a PDF, as Chromium writes them: objects in plain text. */
function printed(pdf) {
  const objects = new Map([...pdf.matchAll(/^(\d+) 0 obj\n([^]*?)endobj/gm)].map(([, number, text]) => [number, text]));
  const pages = [...objects.values()].filter((text) => /\/Type \/Page\b(?!s)/.test(text));
  const isPicture = (number) => /\/Subtype \/Image/.test(objects.get(number) ?? "");
  return pages.map((text) => [...text.matchAll(/(\d+) 0 R/g)].map(([, number]) => number).filter(isPicture));
}

/** Whether a condition holds within two seconds. */
async function soon(page, condition) {
  for (let at = 0; at < 40; at += 1) {
    if (await condition()) return true;
    await page.waitForTimeout(50);
  }
  return false;
}

/** Flows on a page with a panorama. */
export const panoramaFlows = {
  "a panorama starts in the middle, and keyboard, wheel, mouse and touch move it": (test, url) => withPage(test, url, { hasTouch: true, reducedMotion: "reduce" }, async (page, context) => {
    const strip = page.locator(".strip").first();
    await strip.scrollIntoViewIfNeeded();
    const left = () => strip.evaluate((element) => element.scrollLeft);
    const room = await strip.evaluate((element) => element.scrollWidth - element.clientWidth);
    assert.ok(room > 100 && Math.abs(await left() - room / 2) < 2, "it starts in the middle");
    const shown = () => page.locator(".pan > div").first().evaluate((part) => {
      const [inner, outer] = [part, part.parentElement].map((element) => element.getBoundingClientRect());
      return [(inner.left - outer.left) / outer.width, inner.width / outer.width];
    });
    const isTrue = async () => {
      const [at, size] = await shown();
      const whole = await strip.evaluate((element) => element.scrollWidth);
      return Math.abs(at - (await left()) / whole) < 0.01 && Math.abs(size - (whole - room) / whole) < 0.01;
    };
    assert.ok(await isTrue(), "the bar shows the part in sight");
    await strip.focus();
    const moves = async (how, direction) => {
      const before = await left();
      await how();
      assert.ok(await soon(page, async () => direction * (await left() - before) > 20), `${before} to ${await left()}`);
      assert.ok(await soon(page, isTrue), "the bar follows");
    };
    await moves(() => page.keyboard.press("ArrowRight"), 1);
    await moves(() => page.keyboard.press("ArrowLeft"), -1);
    await moves(() => page.keyboard.press("Home"), -1);
    const { x, y, width, height } = await strip.boundingBox();
    const top = () => page.evaluate(() => scrollY);
    const begin = await top();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.move(x + width / 2 + 3, y + height / 2);
    await moves(() => page.mouse.wheel(0, 120), 1);
    assert.equal(await top(), begin, "the page stays while the panorama moves");
    await page.keyboard.press("Home");
    assert.ok(await soon(page, async () => (await left()) < 1), "Home leads to the left end");
    await page.mouse.wheel(0, -120);
    assert.ok(await soon(page, async () => (await top()) < begin), "at its end the page goes on");
    await strip.scrollIntoViewIfNeeded();
    const box = await strip.boundingBox();
    const across = box.y + box.height / 2;
    await moves(async () => {
      await page.mouse.move(box.x + 600, across);
      await page.mouse.down();
      await page.mouse.move(box.x + 500, across, { steps: 4 });
      await page.mouse.up();
    }, 1);
    assert.equal(await isOpen(page), false, "a drag is no click");
    const touch = await context.newCDPSession(page);
    await moves(async () => {
      const at = (type, x) => touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y: across }] });
      await at("touchStart", box.x + 600);
      for (let x = 580; x >= 400; x -= 20) await at("touchMove", box.x + x);
      await at("touchEnd");
    }, 1);
    // Turning a phone keeps the part in sight.
    const middle = () => strip.evaluate((element) => (element.scrollLeft + element.clientWidth / 2) / element.scrollWidth);
    await page.waitForTimeout(1000);
    const before = await middle();
    await page.setViewportSize({ width: 600, height: 900 });
    assert.ok(await soon(page, async () => Math.abs(await middle() - before) < 0.02), `${before} stays, not ${await middle()}`);
  }),
};

/** Flows on a page with at least three pictures that open. */
export const storyFlows = {
  "a story prints as a book": (test, url) => withPage(test, url, { viewport: { width: 1280, height: 900 } }, async (page) => {
    // A picture that stands still on the screen must not cover every sheet.
    const last = page.locator("main > section").last();
    await last.evaluate((section) => {
      const full = document.createElement("section");
      full.className = "full fixed";
      full.innerHTML = document.querySelector("a.zoom").outerHTML;
      section.after(full);
    });
    await page.evaluate(() => { for (const image of document.images) image.loading = "eager"; });
    await page.waitForLoadState("networkidle");
    const sheets = printed((await page.pdf({ format: "A4" })).toString("latin1"));
    const pictures = new Set(sheets.flat());
    assert.ok(sheets.length > 1 && pictures.size >= 3, `${pictures.size} pictures on ${sheets.length} sheets`);
    for (const picture of pictures) assert.ok(!sheets.every((sheet) => sheet.includes(picture)), "no picture is on every sheet");
    await page.emulateMedia({ media: "print" });
    const shown = (selector) => page.locator(selector).evaluateAll((found) => found.filter((element) => element.offsetParent).length);
    assert.equal(await shown(".share, .neighbours, .bar, .menu"), 0);
    const isWhole = await page.evaluate(() => [...document.querySelectorAll("main img, main video")].every((media) => {
      const { width, height, left, right } = media.getBoundingClientRect();
      const ratio = media.getAttribute("width") / media.getAttribute("height");
      return media.closest(".row") || (Math.abs(width / height / ratio - 1) < 0.02 && left >= 0 && right <= innerWidth);
    }));
    assert.ok(isWhole, "pictures are whole");
  }),

  "pictures open, turn and close by keyboard": (test, url) => withPage(test, url, {}, async (page) => {
    await page.locator("a.zoom").nth(1).focus();
    await page.keyboard.press("Enter");
    assert.ok(await isOpen(page));
    assert.match(await at(page), /^2 \//);
    assert.equal(await focus(page), "dialog");
    await page.keyboard.press("ArrowRight");
    assert.match(await at(page), /^3 \//);
    await page.keyboard.press("Home");
    assert.match(await at(page), /^1 \//);
    await page.keyboard.press("ArrowLeft");
    const [shown, count] = (await at(page)).split(" / ");
    assert.equal(shown, count, "before the first comes the last");
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press("Tab");
      assert.ok(["dialog", "BODY"].includes(await focus(page)), "focus stays in the dialog");
    }
    await page.keyboard.press("Home");
    await page.keyboard.press("Escape");
    assert.equal(await isOpen(page), false);
    assert.equal(await focus(page), 0, "focus goes to the picture that was shown");
  }),

  "the page follows to the picture that was shown last": (test, url) => withPage(test, url, {}, async (page) => {
    await page.locator("a.zoom").nth(0).click();
    await page.keyboard.press("End");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(400);
    const seen = await page.locator("a.zoom").last().evaluate((link) => {
      const { top, bottom } = link.getBoundingClientRect();
      return document.activeElement === link && top < innerHeight && bottom > 0;
    });
    assert.ok(seen);
  }),

  "the back button closes a picture and stays on the page": (test, url) => withPage(test, url, {}, async (page) => {
    await page.locator("a.zoom").nth(2).click();
    assert.ok(await isOpen(page));
    await page.goBack();
    await page.waitForFunction(() => !document.querySelector("dialog.lightbox").open);
    assert.equal(page.url(), url);
    assert.equal(await focus(page), 2);
  }),

  "buttons turn, enlarge and close": (test, url) => withPage(test, url, {}, async (page) => {
    await page.locator("a.zoom").nth(0).click();
    await page.locator(".lightbox .next").click();
    assert.match(await at(page), /^2 \//);
    await page.locator(".lightbox .previous").click();
    assert.match(await at(page), /^1 \//);
    const image = page.locator(".stage img");
    await image.evaluate((element) => element.decode());
    const fitted = await image.evaluate((element) => element.getBoundingClientRect().width);
    await page.locator(".enlarge").click();
    const natural = await page.locator("a.zoom").first().evaluate((link) => Number(link.dataset.width));
    const actual = await image.evaluate((element) => element.getBoundingClientRect().width);
    assert.ok(fitted <= 1000.5 && Math.abs(actual - natural) < 1, `${fitted} and ${actual} of ${natural}`);
    assert.equal(await page.locator(".enlarge").getAttribute("aria-pressed"), "true");
    await page.locator(".enlarge").click();
    await page.locator(".lightbox .close").click();
    assert.equal(await isOpen(page), false);
  }),

  "a picture never overflows the screen": (test, url) => withPage(test, url, {}, async (page) => {
    const count = await page.locator("a.zoom").count();
    await page.locator("a.zoom").nth(0).click();
    for (let index = 0; index < count; index += 1) {
      const fits = await page.locator(".stage img").evaluate((image) => {
        const { left, top, right, bottom } = image.getBoundingClientRect();
        return left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
      });
      assert.ok(fits, `picture ${index + 1}`);
      await page.keyboard.press("ArrowRight");
    }
  }),

  "a finger turns pages": (test, url) => withPage(test, url, { hasTouch: true, viewport: { width: 390, height: 700 } }, async (page, context) => {
    await page.locator("a.zoom").nth(0).click();
    const touch = await context.newCDPSession(page);
    const send = (type, ...points) => touch.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
    const stroke = async (from, to) => {
      await send("touchStart", from);
      await send("touchMove", [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
      await send("touchMove", to);
      await send("touchEnd");
    };
    await stroke([300, 350], [90, 360]);
    await page.waitForFunction(() => document.querySelector(".lightbox-count").textContent.startsWith("2 /"));
    await stroke([90, 350], [300, 360]);
    await page.waitForFunction(() => document.querySelector(".lightbox-count").textContent.startsWith("1 /"));
    await stroke([200, 250], [210, 500]);
    await page.waitForFunction(() => !document.querySelector("dialog.lightbox").open);
  }),
};

/** Flows on the front page. */
export const siteFlows = {
  "a site opened from disk leads from page to page": async ({ browser, root }) => {
    const page = await browser.newPage();
    try {
      const isShown = async () => {
        await page.waitForLoadState("load");
        assert.equal(new URL(page.url()).pathname.split("/").at(-1), "index.html");
        assert.ok(await page.locator("h1").count() === 1, `${page.url()} is a page`);
        assert.ok(await page.evaluate(() => document.images[0].complete && document.images[0].naturalWidth > 0), `${page.url()} shows pictures`);
        return page.title();
      };
      await page.goto(pathToFileURL(join(root, "index.html")).href);
      const front = await isShown();
      await page.locator("main a[href$='index.html']").first().click();
      const story = await isShown();
      await page.locator("main a.neighbour[rel=next], a.neighbour").first().click();
      assert.notEqual(await isShown(), story);
      await page.goBack();
      assert.equal(await isShown(), story);
      await page.locator("a.back").click();
      assert.equal(await isShown(), front);
    } finally {
      await page.close();
    }
  },

  "the choice of colours lasts": (test, url) => withPage(test, url, { colorScheme: "light" }, async (page) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.locator(".switch").click();
    const dark = await paper();
    assert.notEqual(dark, light);
    await page.reload();
    assert.equal(await paper(), dark);
    assert.equal(await page.locator(".switch").getAttribute("aria-pressed"), "true");
    await page.locator(".switch").click();
    assert.equal(await paper(), light);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await paper(), dark, "the system is followed again");
  }),

  "the first stop of the keyboard skips to the content": (test, url) => withPage(test, url, {}, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.ok(page.url().endsWith("#content"));
  }),

  "works from the file system": async ({ browser, root }) => {
    const troubles = [];
    const page = await browser.newPage();
    page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
    page.on("requestfailed", (request) => troubles.push(`${request.url()} does not load`));
    await page.goto(pathToFileURL(join(root, "index.html")).href);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).fontFamily), "Times New Roman");
    assert.ok(await page.locator(".switch").isVisible());
    await page.close();
    assert.deepEqual(troubles, []);
  },
};
