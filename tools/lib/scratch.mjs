// A throw-away place for one editor: home, profile, extensions and workspace. Nothing of the person's own is touched.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Keeps pictures and first impressions clean: no chat, no side bar on the right, no tips, no calls home. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
};

/** What the packaged extension consists of; the rest of the repository is for the people who work on it. */
const packaged = ['package.json', 'package.nls.json', 'dist', 'l10n', 'media', 'README.md', 'CHANGELOG.md', 'LICENSE'];

/** Returns {root, home, userData, extensions, workspace, remove()}; short names, as socket paths are limited to 107 bytes. */
export async function createScratch({ sampleWorkspace, settings = {} } = {}) {
  const root = await mkdtemp(path.join(tmpdir(), 'hvlab-'));
  const place = Object.fromEntries(
    ['home', 'userData', 'extensions', 'workspace'].map((name) => [name, path.join(root, name)]),
  );
  await Promise.all(Object.values(place).map((folder) => mkdir(folder)));
  await mkdir(path.join(place.userData, 'User'));
  await writeFile(
    path.join(place.userData, 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...settings }, null, 2),
  );
  if (sampleWorkspace) {
    await cp(sampleWorkspace, place.workspace, { recursive: true });
  }
  return { root, ...place, remove: () => rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}

/** Puts the built extension where an editor looks for installed ones: the same files as in the .vsix, copied. */
export async function stageExtension({ root, extensions }) {
  const { publisher, name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const folder = path.join(extensions, `${publisher}.${name}-${version}`);
  for (const item of packaged) {
    await cp(path.join(root, item), path.join(folder, item), { recursive: true }).catch((error) => {
      if (error.code !== 'ENOENT') {
        throw error;
      }
    });
  }
  return folder;
}
