// A fresh code-server with the built extension and a lab of the test's choice, and Chromium on it. One a test file.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from '../../tools/lib/browser.mjs';
import { installExtension, startCodeServer } from '../../tools/lib/editor.mjs';
import type { CodeServer } from '../../tools/lib/editor.mjs';
import { createScratch, stageExtension } from '../../tools/lib/scratch.mjs';
import { LabWorkbench } from './workbench';
import { needed } from './needed';
import { smallPicture } from './smallPicture';
import { stageWitness } from './witness';

/** From out/test/e2e, where the compiled tests are. */
export const root = path.resolve(__dirname, '../../..');
const screenshots = path.join(root, 'out', 'screenshots');
const pictures = path.join(root, 'docs', 'images');
/** The view and some of the editor beside it: a picture that can still be read at the width of a README. */
const pictureSize = { width: 880, height: 660 };
/** Tall enough for the rows of a lab: a tree only holds the rows it shows. */
const viewport = { width: 1280, height: 900 };

/** Themes by the label the person chooses and the class the workbench's element gets. */
export const themes = {
  dark: { name: 'Dark Modern', class: 'vs-dark' },
  light: { name: 'Light Modern', class: 'vs' },
  highContrast: { name: 'Dark High Contrast', class: 'hc-black' },
  highContrastLight: { name: 'Light High Contrast', class: 'hc-light' },
} as const;

export interface LabWindow {
  readonly workbench: LabWorkbench;
  /** What VS Code wrote of an extension host that does not answer for three seconds (rpcProtocol.ts). */
  readonly complaints: readonly string[];
  /** Switches the theme and waits until it is painted. */
  useTheme(theme: keyof typeof themes): Promise<void>;
  /** Keeps a picture in out/screenshots. */
  screenshot(name: string): Promise<void>;
  /** Writes the upper left part of the window, where the view is, to docs/images; only when the run was asked to. */
  updatePicture(name: string, size?: { readonly width: number; readonly height: number }): Promise<void>;
  close(): Promise<void>;
}

export interface LabWindowOptions {
  /** As HYPERV_LAB_SPEC takes it; the default lab if left out. */
  readonly spec?: unknown;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Variables beside or in place of those that open the lab. */
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the folder that is open, by their names; empty if left out. */
  readonly files?: Readonly<Record<string, string>>;
  /** Absolute path of a packaged extension to install; the built one is put in place if left out. */
  readonly vsix?: string;
  /** Puts an extension beside ours which changes the lab behind its back, by commands (witness.ts). */
  readonly witness?: boolean;
}

/** Opens the editor and shows the view *Hosts*; the lab starts with the first look at it. */
export async function openLabWindow({
  spec,
  settings = {},
  env = {},
  files = {},
  vsix,
  witness = false,
}: LabWindowOptions = {}): Promise<LabWindow> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) {
      await closer();
    }
  };
  try {
    const scratch = await createScratch({ settings: { 'workbench.colorTheme': themes.dark.name, ...settings } });
    closers.push(scratch.remove);
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(scratch.workspace, name), text);
    const codeServer = JSON.parse(needed('HYPERV_LAB_CODE_SERVER')) as CodeServer;
    if (vsix === undefined) await stageExtension({ root, extensions: scratch.extensions });
    else await installExtension({ codeServer, scratch, vsix });
    if (witness) await stageWitness(scratch.extensions);
    const server = await startCodeServer({
      codeServer,
      scratch,
      env: {
        HYPERV_LAB_AUTOSTART: '1',
        HYPERV_LAB_POWERSHELL: needed('HYPERV_LAB_POWERSHELL'),
        ...(spec === undefined ? {} : { HYPERV_LAB_SPEC: JSON.stringify(spec) }),
        ...env,
      },
    });
    closers.push(server.stop);
    const { browser, close: closeBrowser } = await openBrowser(needed('HYPERV_LAB_CHROMIUM'));
    closers.push(closeBrowser);
    // A context of its own: axe refuses the one that a page brings along.
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (/unresponsive/i.test(message.text())) complaints.push(message.text());
    });
    const workbench = await LabWorkbench.open(page, server.address);
    await workbench.openHyperVView();
    return {
      workbench,
      complaints,
      async useTheme(theme) {
        // By the command, as code-server without its native modules does not see its settings file change.
        await workbench.runCommand('Preferences: Color Theme');
        await workbench.pick(/color theme/i, themes[theme].name);
        await page.locator(`.monaco-workbench.${themes[theme].class}`).waitFor();
      },
      async screenshot(name) {
        await mkdir(screenshots, { recursive: true });
        // Notifications fade in; a picture shows them as they stay.
        await page.screenshot({ path: path.join(screenshots, `${name}.png`), animations: 'disabled' });
      },
      async updatePicture(name, size = pictureSize) {
        if (process.env['HYPERV_LAB_UPDATE_PICTURES'] === '1') {
          await mkdir(pictures, { recursive: true });
          const clip = { x: 0, y: 0, ...size };
          const picture = await page.screenshot({ clip, animations: 'disabled' });
          await writeFile(path.join(pictures, `${name}.png`), smallPicture(picture));
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
