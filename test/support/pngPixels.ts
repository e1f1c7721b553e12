// Reads a PNG of 8 bits a channel in red, green and blue, as the standard says: what a test compares a picture with.
import assert from 'node:assert/strict';
import { crc32, inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel. */
  readonly rgb: Uint8Array;
}

export function pngPixels(png: Uint8Array): Pixels {
  const file = Buffer.from(png);
  assert.equal(file.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.subarray(at + 4, at + 8).toString('latin1');
    const body = file.subarray(at + 4, at + 8 + length);
    assert.equal(file.readUInt32BE(at + 8 + length), crc32(body), `checksum of ${type}`);
    chunks.set(type, body.subarray(4));
    at += 12 + length;
  }
  assert.deepEqual([...chunks.keys()], ['IHDR', 'IDAT', 'IEND']);
  const header = chunks.get('IHDR') ?? Buffer.alloc(13);
  assert.deepEqual([...header.subarray(8)], [8, 2, 0, 0, 0]);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  return { width, height, rgb: unfiltered(inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0)), width * 3, height) };
}

function unfiltered(rows: Buffer, stride: number, height: number): Uint8Array {
  assert.equal(rows.length, (stride + 1) * height);
  const rgb = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const type = rows[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const left = x < 3 ? 0 : (rgb[y * stride + x - 3] ?? 0);
      const above = y === 0 ? 0 : (rgb[(y - 1) * stride + x] ?? 0);
      assert.ok(type <= 2, `filter ${type}`);
      rgb[y * stride + x] = (rows[y * (stride + 1) + 1 + x] ?? 0) + ([0, left, above][type] ?? 0);
    }
  }
  return rgb;
}
