// Finds a Chrome or Chromium for Playwright, or installs Debian's. Used by `npm start -- --check` and the editor tests.
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { ToolError, step } from './log.mjs';
import { run } from './processes.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
const usualPlaces = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) =>
    process.env[variable]
      ? [
          path.join(process.env[variable], 'Google', 'Chrome', 'Application', 'chrome.exe'),
          path.join(process.env[variable], 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ]
      : [],
  ),
  linux: ['/opt/google/chrome/chrome', '/snap/bin/chromium'],
};

/**
 * The last feature list is needed: once a page's HTML is fulfilled by a route, Chromium takes it for non-local and
 * closes its WebSocket to 127.0.0.1 with 1006.
 */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
];

/** The absolute path of a Chrome or Chromium. Installs one by apt when that is possible (about 25 s, once). */
export async function ensureChromium() {
  const found = findChromium();
  if (found) {
    return found;
  }
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await installByApt();
    const installed = findChromium();
    if (installed) {
      return installed;
    }
  }
  throw new ToolError(
    'No Chrome or Chromium was found.',
    'install one (Debian: sudo apt-get install chromium), or set HYPERV_LAB_CHROMIUM to its path, then run the command again.',
  );
}

function findChromium() {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const extension = process.platform === 'win32' ? '.exe' : '';
  const candidates = [
    process.env.HYPERV_LAB_CHROMIUM,
    ...onPath.flatMap((folder) => names.map((name) => path.join(folder, name + extension))),
    ...(usualPlaces[process.platform] ?? []),
  ];
  return candidates.find((file) => file && isExecutable(file));
}

async function installByApt() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await step('Chromium', 'installing it with apt-get (once)', async () => {
      await run('apt-get', ['update'], { env });
      await run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-noto-color-emoji'], {
        env,
      });
    });
  } catch (error) {
    throw new ToolError(
      `apt-get could not install Chromium.\n${String(error.output ?? error.message)
        .trim()
        .split('\n')
        .slice(-5)
        .join('\n')}`,
      'install Chrome or Chromium by hand, then run the command again.',
    );
  }
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
