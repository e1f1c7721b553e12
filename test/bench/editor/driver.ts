// A code-server with the packaged extension, an empty one and the driver, Chromium on it, and calls into its extension host.
import { cp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from '../../../tools/lib/browser.mjs';
import { installExtension, startCodeServer } from '../../../tools/lib/editor.mjs';
import type { CodeServer } from '../../../tools/lib/editor.mjs';
import { createScratch } from '../../../tools/lib/scratch.mjs';
import { LabWorkbench } from '../../support/workbench';
import type { Plan } from '../plan';

/** From out/test/bench, where the compiled benchmark is. */
const extensions = path.resolve(__dirname, '../../../test/bench/editor/extensions');

/** Tall, since a tree only paints the rows it shows; as in the end-to-end tests. */
const viewport = { width: 1280, height: 900 };

export const oursId = 'hyperv-lab.hyperv-lab';
export const emptyId = 'bench.empty';

export interface Driver {
  readonly page: Page;
  /** Loads the window anew, with an extension host of its own. */
  open(): Promise<LabWorkbench>;
  /** A function of extensions/driver/main.js. */
  call(name: string, args?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export async function openDriver({ executable, chromium, vsix, cwd }: Plan, codeServer: CodeServer): Promise<Driver> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const scratch = await createScratch();
    closers.push(scratch.remove);
    await installExtension({ codeServer, scratch, vsix });
    for (const name of ['driver', 'empty'])
      await cp(path.join(extensions, name), path.join(scratch.extensions, `bench.${name}-0.0.1`), { recursive: true });
    // Written by the first installation; what was copied since is in no list.
    await rm(path.join(scratch.extensions, 'extensions.json'), { force: true });
    const addressFile = path.join(cwd, 'driver.json');
    const server = await startCodeServer({
      codeServer,
      scratch,
      env: { HYPERV_LAB_POWERSHELL: executable, HYPERV_LAB_BENCH_ADDRESS: addressFile },
    });
    closers.push(server.stop);
    const { browser, close: closeBrowser } = await openBrowser(chromium);
    closers.push(closeBrowser);
    const page = await (await browser.newContext({ viewport })).newPage();
    let port = 0;
    return {
      page,
      async open() {
        await rm(addressFile, { force: true });
        const workbench = await LabWorkbench.open(page, server.address);
        port = await portIn(addressFile);
        return workbench;
      },
      call: (name, args = {}) => call(port, name, args),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function portIn(file: string): Promise<number> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return (JSON.parse(text) as { port: number }).port;
    if (performance.now() > deadline) throw new Error('The driver did not start in the extension host.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function call(port: number, name: string, args: unknown): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify({ name, args }) });
  const { value, error } = (await response.json()) as { value?: unknown; error?: string };
  if (error !== undefined) throw new Error(`The driver could not ${name}: ${error}`);
  return value;
}
