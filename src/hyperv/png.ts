// Writes a picture as PNG (W3C Portable Network Graphics, 3rd edition): the three chunks that a picture needs. The
// compression and the checksum are Node's own.
import { crc32, deflateSync } from 'node:zlib';
import type { RgbImage } from '../domain/screen/rgb565';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const bytesPerPixel = 3;

export function pngOf(image: RgbImage): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(image.width, 0);
  header.writeUInt32BE(image.height, 4);
  // 8 bits a channel, red, green and blue (2); compression, filter and interlacing are 0, the only or the plainest ones.
  header.set([8, 2], 8);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(filteredRows(image))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One chunk of a PNG file: length, type, data, checksum. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/**
 * Each row as differences, which compress better: from the pixel to the left (filter 1) or the one above (2), whichever
 * are smaller together, as the standard recommends.
 */
function filteredRows({ width, height, rgb }: RgbImage): Buffer {
  const stride = width * bytesPerPixel;
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y++) {
    const at = y * stride;
    const value = (index: number): number => rgb[index] ?? 0;
    const left = filtered(stride, 1, (x) => value(at + x) - (x < bytesPerPixel ? 0 : value(at + x - bytesPerPixel)));
    const above = filtered(stride, 2, (x) => value(at + x) - (y === 0 ? 0 : value(at + x - stride)));
    rows.push(left.sum < above.sum ? left.row : above.row);
  }
  return Buffer.concat(rows);
}

function filtered(stride: number, type: number, difference: (x: number) => number): { row: Buffer; sum: number } {
  const row = Buffer.alloc(stride + 1);
  row[0] = type;
  let sum = 0;
  for (let x = 0; x < stride; x++) {
    const byte = difference(x) & 0xff;
    row[x + 1] = byte;
    sum += byte < 128 ? byte : 256 - byte;
  }
  return { row, sum };
}
