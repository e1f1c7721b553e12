import type { Browser } from 'playwright-core';

export function openBrowser(executablePath: string): Promise<{ browser: Browser; close: () => Promise<void> }>;
