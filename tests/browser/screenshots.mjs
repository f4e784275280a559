// Takes screenshots of the top of pages of a built site, on a phone and on a desktop, light and dark.
//
//     node tests/browser/screenshots.mjs SITE_FOLDER OUT_FOLDER [PAGE ...]
//
// CHROMIUM names the browser (default: /usr/bin/chromium). Prints the name of each picture.
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const [site, out, ...pages] = process.argv.slice(2);
const { base, stop } = await serve(resolve(site));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const sizes = { desktop: { width: 1280, height: 1600 }, phone: { width: 390, height: 1600 } };
for (const [device, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
    for (const path of pages.length > 0 ? pages : [""]) {
      const page = await context.newPage();
      await page.goto(base + path.split("/").map(encodeURIComponent).join("/"));
      await page.waitForLoadState("networkidle");
      await page.waitForTimeout(500);
      const name = `${path.replaceAll("/", "_") || "front"}-${device}-${colorScheme}.png`;
      await page.screenshot({ path: join(out, name) });
      console.log(name);
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
stop();
