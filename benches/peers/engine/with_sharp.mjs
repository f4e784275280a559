// The engine job with sharp in one process. Arguments: THREADS MODE FOLDER PHOTO HEIGHT...
//
// MODE is `once` (decoded into memory once, all heights from there) or `each` (clones of one pipeline, each of which opens
// the file anew and lets libvips decode at a reduced scale). sharp is found in the folder that SHARP names.
import { createRequire } from 'node:module';

const sharp = createRequire(`${process.env.SHARP}/`)('sharp');
const [threads, mode, folder, photo, ...heights] = process.argv.slice(2);

async function main() {
    sharp.concurrency(Number(threads));
    sharp.cache(false);
    const options = { ignoreIcc: true, limitInputPixels: false };
    let pipeline = sharp(photo, options).autoOrient();
    if (mode === 'once') {
        const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
        pipeline = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
    }
    const one = (height) => pipeline.clone()
        .resize({ height: Number(height), withoutEnlargement: true })
        .jpeg({ quality: 75, progressive: true })
        .toFile(`${folder}/${height}.jpg`);
    if (threads === '1') {
        for (const height of heights) await one(height);
    } else {
        await Promise.all(heights.map(one));
    }
}

if (photo) await main();
