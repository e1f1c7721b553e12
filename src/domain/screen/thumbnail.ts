// The picture of a VM's console as people see it. It shows whatever is on that screen: it is kept in memory for seconds,
// and is in no log and in no file.

export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  /** The picture as PNG, in Base64. */
  readonly png: string;
}

export interface ThumbnailSize {
  /** The largest picture, in pixels; it has the proportions of the screen. */
  readonly width: number;
  readonly height: number;
  /** The longest Base64; what is longer is shown smaller. */
  readonly maxChars: number;
}

/**
 * VS Code cuts a tooltip of more than 100,000 characters (preprocessMarkdownString of its markdownRenderer.ts): some of
 * them are for the facts, of which notes may have 2,000 characters, each of them escaped.
 */
export const tooltipSize: ThumbnailSize = { width: 320, height: 240, maxChars: 90_000 };

/** In a page of its own; the host gives no more than 640 by 480 (thumbnail.ps1). */
export const pageSize: ThumbnailSize = { width: 640, height: 480, maxChars: 1_000_000 };
