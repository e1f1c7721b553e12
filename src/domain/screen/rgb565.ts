// Raw pictures of consoles as Hyper-V gives them, turned into plain colours. Pure.

/** Three bytes a pixel (red, green, blue), row after row, the upper left pixel first. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/**
 * RGB565: two bytes a pixel, the low one first; 5 bits of red above 6 of green above 5 of blue. Source of the format:
 * GetVirtualSystemThumbnailImage of Msvm_VirtualSystemManagementService; of the order of the bytes: Format16bppRgb565 of
 * .NET, into which callers on Windows copy such pictures as they are.
 * @param bytes what comes after the last pixel is passed over
 * @returns undefined when the sizes are no sizes, or there are fewer bytes than pixels
 */
export function rgbFromRgb565(bytes: Uint8Array, width: number, height: number): RgbImage | undefined {
  if (!isSize(width) || !isSize(height) || bytes.length < width * height * 2) return undefined;
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const value = (bytes[2 * pixel] ?? 0) | ((bytes[2 * pixel + 1] ?? 0) << 8);
    const red = value >> 11;
    const green = (value >> 5) & 0x3f;
    const blue = value & 0x1f;
    // The upper bits once more below them: all bits set is the brightest, none is black.
    rgb[3 * pixel] = (red << 3) | (red >> 2);
    rgb[3 * pixel + 1] = (green << 2) | (green >> 4);
    rgb[3 * pixel + 2] = (blue << 3) | (blue >> 2);
  }
  return { width, height, rgb };
}

/** Half as wide and half as high: each pixel is the mean of four, or of those that there are at an odd edge. */
export function halved({ width, height, rgb }: RgbImage): RgbImage {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const small = new Uint8Array(half.width * half.height * 3);
  for (let y = 0; y < half.height; y++) {
    for (let x = 0; x < half.width; x++) {
      const columns = [2 * x, Math.min(2 * x + 1, width - 1)];
      const rows = [2 * y, Math.min(2 * y + 1, height - 1)];
      for (let channel = 0; channel < 3; channel++) {
        const sum = rows.reduce(
          (all, row) =>
            all + columns.reduce((part, column) => part + (rgb[3 * (row * width + column) + channel] ?? 0), 0),
          0,
        );
        small[3 * (y * half.width + x) + channel] = Math.round(sum / 4);
      }
    }
  }
  return { ...half, rgb: small };
}

/** Far above what is ever asked for; a product of two of them is an exact number of bytes. */
const maxSize = 4_096;

function isSize(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= maxSize;
}
