// Opens a built site in Chromium and checks what only a browser can tell.
//
//     node tests/browser/run.mjs SITE_FOLDER
//
// CHROMIUM names the browser (default: /usr/bin/chromium).
import { readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { FileSystemConfigLoader, HtmlValidate, cjsResolver } from "html-validate";
import { chromium } from "playwright-core";
import { checks } from "./every-page.mjs";
import { panoramaFlows, siteFlows, storyFlows } from "./flows.mjs";
import { serve } from "./server.mjs";

const root = resolve(process.argv[2] ?? "example/build");
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name === "index.html")
  .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
  .sort();

let passed = 0;
let failed = 0;
async function check(name, body) {
  let troubles;
  try {
    troubles = (await body()) ?? [];
  } catch (error) {
    troubles = [error.message];
  }
  if (troubles.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`FAILED ${name}`);
  for (const trouble of troubles) console.log(`    ${trouble}`);
}

if (files.length === 0) {
  console.error(`no page in ${root}`);
  process.exit(1);
}

const validator = new HtmlValidate(new FileSystemConfigLoader([cjsResolver()], {
  root: true,
  extends: ["html-validate:standard"],
}));
const { base, stop } = await serve(root);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

let story;
let panorama;
for (const file of files) {
  const folder = file.split(sep).slice(0, -1).map((part) => `${encodeURIComponent(part)}/`).join("");
  const url = base + folder;
  for (const [name, body] of Object.entries(checks)) {
    await check(`${file}: ${name}`, () => body({ browser, root, base, url }));
  }
  await check(`${file}: is valid HTML`, async () => {
    const { results } = await validator.validateFile(join(root, file));
    return results.flatMap(({ messages }) => messages.map((found) => `${found.line}:${found.column} ${found.ruleId}: ${found.message}`));
  });
  if (!story || !panorama) {
    const page = await browser.newPage();
    await page.goto(url);
    if (!story && (await page.locator("a.zoom").count()) >= 3) story = url;
    if (!panorama && (await page.locator(".strip.draggable").count()) > 0) panorama = url;
    await page.close();
  }
}
for (const [name, flow] of Object.entries(siteFlows)) {
  await check(name, () => flow({ browser, root, base }, base));
}
for (const [name, flow] of story ? Object.entries(storyFlows) : []) {
  await check(name, () => flow({ browser, root, base }, story));
}

for (const [name, flow] of panorama ? Object.entries(panoramaFlows) : []) {
  await check(name, () => flow({ browser, root, base }, panorama));
}

await browser.close();
await stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
