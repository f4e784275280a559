// Opens a page in a fresh Chromium and waits until all of it is there: every picture decoded, every video and sound ready to play.
//
//     node tests/browser/complete.mjs URL...
//
// Prints one line of JSON for each URL: the milliseconds until the event `load` and until everything is there, or what is missing after
// 20 seconds. CHROMIUM names the browser (default: /usr/bin/chromium).
import { chromium } from "playwright-core";

const PATIENCE = 20000; // Milliseconds.

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const url of process.argv.slice(2)) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  const failed = [];
  page.on("requestfailed", (request) => {
    // A browser that has enough of a film gives the request up.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") failed.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  const start = performance.now();
  const result = { url };
  try {
    await page.goto(url, { waitUntil: "load", timeout: PATIENCE });
    result.load = Math.round(performance.now() - start);
    await page.waitForFunction(everythingIsThere, undefined, { timeout: PATIENCE });
    result.complete = Math.round(performance.now() - start);
    result.counts = await page.evaluate(() => ["img", "video", "audio"].map((name) => document.querySelectorAll(name).length));
  } catch (error) {
    result.error = error.message.split("\n")[0];
    result.missing = await page.evaluate(() => window.missing ?? "the page").catch(() => "the page");
  }
  if (failed.length > 0) result.failed = failed;
  console.log(JSON.stringify(result));
  await page.close();
}
await browser.close();

/** Runs in the page: asks for what is loaded late, and looks whether all of it has come. */
function everythingIsThere() {
  for (const image of document.images) image.loading = "eager";
  for (const media of document.querySelectorAll("video, audio")) {
    if (media.preload === "none" && media.networkState !== HTMLMediaElement.NETWORK_LOADING && media.readyState === 0) {
      media.preload = "auto";
      media.load();
    }
  }
  const images = [...document.images].filter((image) => !image.complete || image.naturalWidth === 0);
  const media = [...document.querySelectorAll("video, audio")].filter((media) => media.readyState < HTMLMediaElement.HAVE_CURRENT_DATA);
  window.missing = [...images, ...media].map((element) => element.currentSrc || element.outerHTML.slice(0, 80));
  return window.missing.length === 0;
}
