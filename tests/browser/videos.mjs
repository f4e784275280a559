// Plays the videos of a built site in Chromium.
//
//     node tests/browser/videos.mjs SITE_FOLDER
//
// The gallery `a` has a video that plays by itself, one that a click opens, and one in WebM with controls. All have to come forward. H.264
// is missing from some builds of Chromium (not from Debian's): then only WebM has to, and that is said.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const { base, stop } = await serve(process.argv[2]);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  await page.goto(`${base}a/`);
  const comesForward = (number) => page.waitForFunction(
    (number) => document.querySelectorAll("video")[number].currentTime > 0.3, number, { timeout: 20000 });
  const type = 'video/mp4; codecs="avc1.640028, mp4a.40.2"';
  const h264 = await page.evaluate((type) => document.createElement("video").canPlayType(type) !== "", type);
  if (h264) {
    await comesForward(0);
    const opened = page.locator("video.opens");
    assert.equal(await opened.evaluate((video) => video.controls), false);
    await page.locator("button.play").click();
    await comesForward(1);
    assert.equal(await opened.evaluate((video) => video.controls), true);
    await page.evaluate(() => document.exitFullscreen().catch(() => {}));
  } else {
    console.log("this Chromium plays no H.264: only WebM is played");
  }
  const webm = page.locator("video").nth(2);
  await webm.evaluate((video) => {
    video.muted = true;
    return video.play();
  });
  await comesForward(2);
  assert.match(await webm.evaluate((video) => video.currentSrc), /\.webm$/);
  console.log(h264 ? "MP4 and WebM play" : "WebM plays");

  const calm = await browser.newPage({ reducedMotion: "reduce" });
  await calm.goto(`${base}a/`);
  assert.equal(await calm.locator("video.ambient").evaluate((video) => video.paused), true);
} finally {
  await browser.close();
  await stop();
}
