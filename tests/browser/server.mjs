// Serves a folder as a careful web host would: from a sub-directory, and with a strict content security policy.
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".ogg": "audio/ogg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webm": "video/webm",
  ".webp": "image/webp",
  ".xml": "application/xml",
};
const POLICY = "default-src 'self'; frame-src *";
const PREFIX = "/photos/of%20mine/";

/** The file that a URL of the server stands for; undefined if there is none. */
export function fileOf(root, pathname) {
  if (!pathname.startsWith(PREFIX)) return undefined;
  const inside = normalize(decodeURIComponent(pathname.slice(PREFIX.length)));
  if (inside.startsWith("..")) return undefined;
  const file = join(root, inside, pathname.endsWith("/") ? "index.html" : "");
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

/** Sends a file piece by piece, as a slow connection does: the browser paints what it has in between. */
async function trickle(file, response) {
  const bytes = readFileSync(file);
  const piece = 256; // Bytes: smaller than any packet, so that each page is painted many times before it is complete.
  for (let start = 0; start < bytes.length && !response.destroyed; start += piece) {
    response.write(bytes.subarray(start, start + piece));
    await new Promise((done) => setTimeout(done, 20));
  }
  response.end();
}

/**
 * Starts the server on a free port; resolves to the URL of the folder and a function that stops it.
 * A page whose address ends with `?slowly` arrives in pieces.
 */
export async function serve(root, policy = POLICY) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    const file = fileOf(root, url.pathname);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const size = statSync(file).size;
    const type = TYPES[extname(file).toLowerCase()] ?? "application/octet-stream";
    const headers = { "content-type": type, "accept-ranges": "bytes" };
    // Only for pages: the browser's own picture viewer does not live up to it.
    if (type.startsWith("text/html")) headers["content-security-policy"] = policy;
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    if (!range) {
      response.writeHead(200, { ...headers, "content-length": size });
      if (url.search === "?slowly") trickle(file, response);
      else createReadStream(file).pipe(response);
      return;
    }
    const start = Number(range[1]);
    const end = range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
    response.writeHead(206, { ...headers, "content-length": end - start + 1, "content-range": `bytes ${start}-${end}/${size}` });
    createReadStream(file, { start, end }).pipe(response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const base = `http://127.0.0.1:${server.address().port}${PREFIX}`;
  return { base, stop: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) };
}
