// Shows pictures of all shapes in all places, in both themes, on eight screens, and compares what the layout needs with the attribute `sizes`
// and with the files that are offered and chosen.
//
//     node tests/browser/sizes.mjs CIMAISE [--table]
//
// `--table` prints the table of docs/sizes.md. CHROMIUM names the browser (default: /usr/bin/chromium).
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const SCREENS = [[360, 740, 3], [430, 932, 3], [820, 1180, 2], [1366, 768, 1], [1440, 900, 2], [1920, 1080, 1], [2560, 1440, 1], [2560, 1440, 2]];
const SHAPES = { landscape: [6000, 4000], upright: [4000, 6000], square: [3000, 3000], wide: [6000, 1000], page: [900, 7200] };
// The attribute may be this much larger or smaller than the layout, and a file this much smaller than the need.
const TRUE = [0.975, 1.03];
const SHARP = 0.95;
const MEDIAN = 1.25;

const [binary, flag] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const site = mkdtempSync(join(tmpdir(), "cimaise-sizes-"));
try {
  const measured = await measure();
  const troubles = judge(measured);
  if (flag === "--table") table(measured);
  for (const trouble of troubles) console.log(`FAILED ${trouble}`);
  console.log(`${measured.length} pictures measured, ${troubles.length} failed`);
  process.exitCode = troubles.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  rmSync(site, { recursive: true });
}

/** Writes a site that uses each shape in each way. */
async function write() {
  const page = await browser.newPage();
  const photos = {};
  for (const [name, [width, height]] of Object.entries(SHAPES)) {
    const url = await page.evaluate(([width, height]) => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const context = canvas.getContext("2d");
      const colours = context.createLinearGradient(0, 0, width, height);
      colours.addColorStop(0, "#246");
      colours.addColorStop(1, "#db8");
      context.fillStyle = colours;
      context.fillRect(0, 0, width, height);
      return canvas.toDataURL("image/jpeg", 0.8);
    }, [width, height]);
    photos[name] = Buffer.from(url.split(",")[1], "base64");
  }
  await page.close();
  const gallery = (path, cover, text = "") => {
    mkdirSync(join(site, path), { recursive: true });
    for (const [name, bytes] of Object.entries(photos)) writeFileSync(join(site, path, `${name}.jpg`), bytes);
    writeFileSync(join(site, path, "settings.yaml"), `title: ${path}\ndate: 2024-01-01\ncover: ${cover}.jpg\n${text}`);
  };
  const section = (type, rest) => `  - type: ${type}\n${rest}`;
  const single = (type) => Object.keys(SHAPES).map((name) => section(type, `    image: ${name}.jpg\n`));
  const rows = ["landscape", "upright", "page", "landscape, upright", "upright, upright", "landscape, landscape, landscape", "upright, wide"];
  const group = (list) => section("pictures-group", `    images:\n${list.map((row) => `      - [${row.split(", ").map((name) => `${name}.jpg`).join(", ")}]\n`).join("")}`);
  const aside = (more) => section("paragraph", `    text: ${"Words. ".repeat(40)}\n    image: {name: upright.jpg${more}}\n`);
  const sections = [
    ...single("full-picture"), ...single("bordered-picture"), group(rows), group(["landscape"]), aside(""), aside(", size: 40%"), aside(", size: 12rem"),
    ...single("panorama"), section("author", "    name: N\n    text: T\n    image: landscape.jpg\n"),
  ];
  writeFileSync(join(site, "settings.yaml"), "title: Sizes\nsettings:\n  light_mode: true\n  gm: {quality: 40}\n");
  gallery("a", "landscape", `sections:\n${sections.join("")}`);
  for (const [name, cover] of [["b", "upright"], ["c", "square"], ["d", "wide"]]) gallery(name, cover, `sections:\n${section("text", "    text: T\n")}`);
}

/** Opens every page on every screen. */
async function measure() {
  await write();
  execFileSync(binary, ["build", site], { stdio: ["ignore", "ignore", "inherit"] });
  const root = join(site, "build");
  const pages = readdirSync(root, { recursive: true }).filter((file) => file.endsWith("index.html")).map((file) => file.replace("index.html", ""));
  const { base, stop } = await serve(root);
  const found = [];
  for (const [width, height, density] of SCREENS) {
    const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: density });
    for (const path of pages.sort()) {
      const page = await context.newPage();
      await page.goto(base + path);
      const pictures = await page.evaluate(look);
      found.push(...pictures.map((picture) => ({ ...picture, path, screen: `${width}×${height}@${density}`, density })));
      await page.close();
    }
    await context.close();
  }
  await stop();
  return found;
}

/** Runs in a page: every picture with the width that the layout gives it, in CSS pixels, and the width that `sizes` states. */
async function look() {
  const images = [...document.images];
  for (const image of images) image.loading = "eager";
  await Promise.all(images.map((image) => image.complete || new Promise((done) => { image.onload = image.onerror = done; })));
  // The same choice under other addresses: Chromium takes a larger file than it needs if the page has that one already.
  let probes = 0;
  const choose = async ({ sizes }, candidates) => {
    const number = probes += 1;
    const probe = new Image();
    probe.sizes = sizes;
    probe.srcset = candidates.map(([url, width]) => `${url}?${number} ${width}w`).join(", ");
    while (!probe.currentSrc) await new Promise((done) => setTimeout(done));
    const chosen = probe.currentSrc.split("?")[0];
    probe.srcset = "";
    return candidates.find(([url]) => url === chosen)[1];
  };
  // A browser makes the natural width of a picture with `srcset` what `sizes` states.
  const describe = async (image, place) => {
    const box = image.getBoundingClientRect();
    const ratio = image.getAttribute("width") / image.getAttribute("height");
    const covers = getComputedStyle(image).objectFit === "cover";
    const candidates = image.srcset.split(", ").map((part) => part.split(" ")).map(([url, width]) => [new URL(url, location).href, parseInt(width)]);
    const taken = await choose(image, candidates);
    return {
      place, shape: Number(ratio.toFixed(3)), own: Number(image.getAttribute("width")), sizes: image.sizes,
      layout: covers ? Math.max(box.width, box.height * ratio) : box.width, stated: image.naturalWidth,
      candidates: candidates.map(([, width]) => width), taken,
    };
  };
  const place = (image) => {
    const light = !document.querySelector(".skip");
    const known = [".full", ".bordered", ".row", ".aside", ".portrait", ".strip", ".of-1", ".of-2", ".of-3", ".neighbour", ".group", ".author", ".tiles"];
    return `${light ? "light " : ""}${known.find((name) => image.closest(name))?.slice(1) ?? "figure"}`;
  };
  const all = await Promise.all(images.filter((image) => image.srcset).map((image) => describe(image, place(image))));
  if (!document.querySelector("dialog.lightbox")) return all;
  for (const link of document.querySelectorAll(".bordered a.zoom")) {
    link.click();
    const image = document.querySelector(".stage img");
    await image.decode();
    const { width, height } = link.dataset;
    image.setAttribute("width", width);
    image.setAttribute("height", height);
    all.push(await describe(image, "viewer"));
    document.querySelector("dialog.lightbox").close();
    while (history.state?.lightbox) await new Promise((done) => setTimeout(done, 20));
    await new Promise((done) => setTimeout(done, 50));
  }
  return all;
}

/** What the smallest file would be that is sharp. */
function sharp({ candidates, layout, density }) {
  return candidates.find((width) => width >= SHARP * layout * density) ?? candidates.at(-1);
}

function judge(measured) {
  const troubles = [];
  for (const one of measured) {
    const name = `${one.path} ${one.place} ${one.shape} on ${one.screen}`;
    const need = one.layout * one.density;
    const ratio = one.stated / one.layout;
    const isTrue = (ratio > TRUE[0] && ratio < TRUE[1]) || Math.abs(one.stated - one.layout) <= 2;
    if (!isTrue) troubles.push(`${name}: \`sizes\` states ${one.stated} of ${one.layout.toFixed(1)} px: ${one.sizes}`);
    if (sharp(one) < SHARP * Math.min(need, one.own)) troubles.push(`${name}: the largest file has ${sharp(one)} of ${need.toFixed(0)} px`);
    const far = one.candidates.findIndex((width, at) => at > 0 && width > 720 && width > 1.5 * one.candidates[at - 1] + 1);
    if (far >= 0) troubles.push(`${name}: ${one.candidates[far - 1]} and ${one.candidates[far]} are far apart`);
  }
  const part = (one, width) => width / Math.min(one.layout * one.density, one.own);
  for (const one of measured) if (part(one, one.taken) < SHARP) troubles.push(`${one.path} ${one.place} ${one.shape} on ${one.screen}: ${one.taken} is taken`);
  const middle = median(measured.map((one) => part(one, one.taken)));
  if (middle > MEDIAN) troubles.push(`the median of the file taken to the need is ${middle.toFixed(3)}`);
  console.log(`taken: median ${middle.toFixed(3)} of the need, least ${Math.min(...measured.map((one) => part(one, one.taken))).toFixed(3)}; ` +
    `smallest sharp file: median ${median(measured.map((one) => part(one, sharp(one)))).toFixed(3)}, taken ${measured.filter((one) => one.taken === sharp(one)).length} times`);
  return troubles;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function table(measured) {
  const rows = new Map();
  for (const one of measured) {
    const key = `${one.place} | ${one.shape}`;
    rows.set(key, rows.get(key) ?? {});
    const smaller = sharp(one) === one.taken ? "" : ` (${sharp(one)})`;
    rows.get(key)[one.screen] ??= `${Math.round(one.layout * one.density)}: ${one.taken}${smaller}`;
  }
  const screens = SCREENS.map(([width, height, density]) => `${width}×${height}@${density}`);
  console.log(`| place | ratio | ${screens.join(" | ")} |\n|---|---|${screens.map(() => "---").join("|")}|`);
  for (const [key, cells] of [...rows].sort()) console.log(`| ${key} | ${screens.map((screen) => cells[screen] ?? "").join(" | ")} |`);
}
