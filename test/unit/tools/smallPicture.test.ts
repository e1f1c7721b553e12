// Pictures of the documentation made small: nothing is lost of few colours, and of many only shades.
import assert from 'node:assert/strict';
import { deflateSync, inflateSync } from 'node:zlib';
import type { RgbImage } from '../../../src/domain/screen/rgb565';
import { pngChunk, pngOf } from '../../../src/hyperv/png';
import { smallPicture } from '../../support/smallPicture';

/** Reads a PNG with a palette, unfiltered and not interlaced. */
function palettePixels(png: Buffer): RgbImage {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = chunks.get('IHDR') ?? Buffer.alloc(13);
  assert.deepEqual([...header.subarray(8)], [8, 3, 0, 0, 0]);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0);
  assert.ok(palette.length <= 256 * 3);
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  assert.equal(rows.length, (width + 1) * height);
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const index = rows[pixel + Math.floor(pixel / width) + 1] ?? 0;
    return palette[index * 3 + (at % 3)] ?? 0;
  });
  return { width, height, rgb };
}

function image(width: number, height: number, colour: (x: number, y: number) => readonly number[]): RgbImage {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgb.set(colour(x, y), 3 * (y * width + x));
  return { width, height, rgb };
}

describe('a small picture', () => {
  for (const [width, height] of [
    [1, 1],
    [7, 3],
    [33, 17],
  ] as const) {
    it(`of few colours has every pixel, ${width} by ${height}`, () => {
      const picture = image(width, height, (x, y) => [(x * 40) % 200, (y * 60) % 240, 7]);
      assert.deepEqual(palettePixels(smallPicture(pngOf(picture))), picture);
    });
  }

  it('reads every way in which a row may be filtered', () => {
    const { width, height, rgb } = image(5, 5, (x, y) => [x * 50, y * 50, (x + y) * 20]);
    const at = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (rgb[y * width * 3 + x] ?? 0));
    const paeth = (left: number, above: number, corner: number): number => {
      const guess = left + above - corner;
      const order = [left, above, corner].map((one) => Math.abs(guess - one));
      return [left, above, corner][order.indexOf(Math.min(...order))] ?? 0;
    };
    // Row number n has the filter n: none, left, above, mean of both, Paeth's.
    const rows = Buffer.alloc((width * 3 + 1) * height);
    for (let y = 0; y < height; y++) {
      rows[y * (width * 3 + 1)] = y;
      for (let x = 0; x < width * 3; x++) {
        const [left, above, corner] = [at(x - 3, y), at(x, y - 1), at(x - 3, y - 1)];
        const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][y] ?? 0;
        rows[y * (width * 3 + 1) + 1 + x] = (at(x, y) - guess) & 0xff;
      }
    }
    const plain = pngOf({ width, height, rgb });
    const head = plain.subarray(0, 8 + 25);
    const png = Buffer.concat([head, pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND', Buffer.alloc(0))]);
    assert.deepEqual(palettePixels(smallPicture(png)).rgb, rgb);
  });

  it('of many colours keeps the frequent ones, and gives the others their nearest', () => {
    // A white page with 300 greys and reds, once each.
    const picture = image(100, 10, (x, y) => (y < 7 ? [255, 255, 255] : [y * 20, x, 0]));
    const { rgb } = palettePixels(smallPicture(pngOf(picture)));
    assert.deepEqual(rgb.subarray(0, 700 * 3), picture.rgb.subarray(0, 700 * 3));
    const furthest = Math.max(...rgb.map((value, at) => Math.abs(value - (picture.rgb[at] ?? 0))));
    assert.ok(furthest > 0 && furthest <= 50, String(furthest));
  });

  it('is smaller', () => {
    const picture = pngOf(image(200, 100, (x, y) => [(x * y) % 4, 0, 0]));
    assert.ok(smallPicture(picture).length < picture.length);
  });

  it('is none of another kind of PNG', () => {
    const small = smallPicture(pngOf(image(2, 2, () => [1, 2, 3])));
    assert.throws(() => smallPicture(small), /Not a picture of the kind/);
  });
});
