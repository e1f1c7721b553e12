import assert from 'node:assert/strict';
import fc from 'fast-check';
import { halved, rgbFromRgb565 } from '../../../../src/domain/screen/rgb565';

/** Two bytes, the low one first. */
function bytesOf(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value & 0xff, value >> 8]));
}

const colours = [
  ['black', 0x0000, [0, 0, 0]],
  ['white', 0xffff, [255, 255, 255]],
  ['red', 0xf800, [255, 0, 0]],
  ['green', 0x07e0, [0, 255, 0]],
  ['blue', 0x001f, [0, 0, 255]],
  ['grey', 0x8410, [132, 130, 132]],
] as const;

describe('a raw picture of a console', () => {
  for (const [name, value, rgb] of colours) {
    it(`has ${name}`, () => {
      assert.deepEqual([...(rgbFromRgb565(bytesOf(value), 1, 1)?.rgb ?? [])], rgb);
    });
  }

  it('has its pixels in rows, also where a row has an odd number of them', () => {
    const image = rgbFromRgb565(bytesOf(0xf800, 0x07e0, 0x001f, 0xffff, 0, 0xf800), 3, 2);
    assert.deepEqual([...(image?.rgb ?? [])], [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 255, 0, 0]);
  });

  it('is whole or is none, and what comes after it is passed over', () => {
    const bytes = (count: number): Uint8Array => new Uint8Array(count);
    assert.equal(rgbFromRgb565(bytes(11), 3, 2), undefined);
    assert.equal(rgbFromRgb565(bytes(0), 1, 1), undefined);
    assert.equal(rgbFromRgb565(bytes(12), 3, 2)?.rgb.length, 18);
    assert.equal(rgbFromRgb565(bytes(99), 3, 2)?.rgb.length, 18);
  });

  it('has sizes that are sizes', () => {
    for (const size of [0, -1, 1.5, Number.NaN, Infinity, 100_000]) {
      assert.equal(rgbFromRgb565(new Uint8Array(64), size, 2), undefined, String(size));
      assert.equal(rgbFromRgb565(new Uint8Array(64), 2, size), undefined, String(size));
    }
  });

  it('shrinks to half, to the mean of what it held, until it is one pixel', () => {
    const row = [0, 0, 0, 255, 255, 255];
    const image = { width: 2, height: 2, rgb: Uint8Array.from([...row, ...row]) };
    assert.deepEqual(halved(image), { width: 1, height: 1, rgb: Uint8Array.from([128, 128, 128]) });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(255),
        (width, height, grey) => {
          const half = halved({ width, height, rgb: new Uint8Array(width * height * 3).fill(grey) });
          assert.deepEqual([half.width, half.height], [Math.ceil(width / 2), Math.ceil(height / 2)]);
          assert.deepEqual(half.rgb, new Uint8Array(half.width * half.height * 3).fill(grey));
        },
      ),
    );
  });
});
