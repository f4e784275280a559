// Sites for benches/live.mjs, made from the photographs of the example site.
//
// Photos that share their pixels have a comment of their own, so that each has a digest, and renditions, of its own.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const EXAMPLE = new URL("../example", import.meta.url).pathname;

/** Returns the photographs of the example site, as bytes. */
export function photographs() {
  return readdirSync(EXAMPLE, { recursive: true })
    .filter((name) => name.endsWith(".jpg") && !/build|\.cimaise-cache/.test(name))
    .sort()
    .map((name) => readFileSync(join(EXAMPLE, name)));
}

/** Returns photographs scaled by a browser to `width` x `height` pixels, with the noise of a sensor. */
export async function scaled(browser, sources, { width, height, noise, quality }) {
  const page = await browser.newPage();
  const results = [];
  for (const source of sources) {
    const base64 = await page.evaluate(inBrowser, { jpeg: source.toString("base64"), width, height, noise, quality });
    results.push(Buffer.from(base64, "base64"));
  }
  await page.close();
  return results;
}

/** Runs in the browser. */
async function inBrowser({ jpeg, width, height, noise, quality }) {
  const image = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${jpeg}`)).blob());
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  if (noise > 0) {
    const pixels = context.getImageData(0, 0, width, height);
    for (let index = 0; index < pixels.data.length; index += 4) {
      const deviation = (Math.random() + Math.random() + Math.random() - 1.5) * noise;
      for (let channel = 0; channel < 3; channel += 1) pixels.data[index + channel] += deviation;
    }
    context.putImageData(pixels, 0, 0);
  }
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality })).arrayBuffer());
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}

/** Returns a JPEG with a comment after its first marker. */
function withComment(jpeg, comment) {
  const text = Buffer.from(comment);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe]), length, text, jpeg.subarray(2)]);
}

/** Writes a site with `galleries` stories of `photos` photos each, in rows of three, each story with a caption to edit. */
export function writeSite(folder, sources, galleries, photos) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "settings.yaml"), "title: Write and see\nurl: https://example.org\n");
  for (let gallery = 0; gallery < galleries; gallery += 1) {
    const inside = join(folder, `story-${String(gallery).padStart(3, "0")}`);
    mkdirSync(inside);
    const lines = [`title: Story ${gallery}`, `date: 2026-01-${String((gallery % 28) + 1).padStart(2, "0")}`, "cover: 000.jpg", "sections:"];
    lines.push("  - type: full-picture", "    image: 000.jpg", "    text: {title: A caption to edit, sub_title: below the cover}");
    for (let photo = 0; photo < photos; photo += 1) {
      const name = `${String(photo).padStart(3, "0")}.jpg`;
      writeFileSync(join(inside, name), withComment(sources[(gallery * photos + photo) % sources.length], `${gallery}/${photo}`));
      if (photo % 3 === 1) lines.push("  - type: pictures-group", "    images:", "      -");
      if (photo > 0) lines.push(`        - ${name}`);
    }
    writeFileSync(join(inside, "settings.yaml"), `${lines.join("\n")}\n`);
  }
}
