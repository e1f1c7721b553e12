import type { Locator } from 'playwright-core';

export function paintedAfterClick(tree: Locator, twistie: Locator, count: number): Promise<number>;
export function paintedText(tree: Locator, label: string, text: string): Promise<void>;
