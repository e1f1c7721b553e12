// Builds everything: the extension, its lazily loaded parts and the data exchange editor's page into dist/, the
// headless client and the tests into out/.
//   node esbuild.js [--production] [--watch] [--tests] [--headless] [--quiet]      (--headless: the client alone)
const { readFile, rm, stat } = require('node:fs/promises');
const { readdirSync } = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const { shippedPowerShell } = require('./tools/build/powershellText.js');

const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');
const watch = flags.has('--watch');

/** `import source from './x.ps1'` gives the text that is sent to PowerShell. */
const powershellText = {
  name: 'powershell-text',
  setup(build) {
    build.onLoad({ filter: /\.ps1$/ }, async ({ path: file }) => ({
      contents: shippedPowerShell(await readFile(file, 'utf8'), path.relative(__dirname, file)),
      loader: 'text',
    }));
  },
};

/**
 * Parts of the extension that activation must not load: a dynamic import of one of them stays an import of the
 * sibling bundle with that name. Elsewhere (tests, `hv`) the same import is bundled like any other.
 */
const lazyParts = {
  contact: 'src/commands/contact.ts',
  handlers: 'src/commands/handlers.ts',
  hostSession: 'src/hyperv/hostSession.ts',
  lastKnownHosts: 'src/hyperv/lastKnownHosts.ts',
  lab: 'src/lab/lab.ts',
  panels: 'src/kvpEditor/panels.ts',
  thumbnailCache: 'src/hyperv/thumbnailCache.ts',
  tree: 'src/views/tree.ts',
};
const lazyImport = new RegExp(`/(${Object.keys(lazyParts).join('|')})$`);
const lazy = {
  name: 'lazy-parts',
  setup(build) {
    build.onResolve({ filter: lazyImport }, ({ path: request, kind }) =>
      kind === 'dynamic-import' ? { path: `./${path.posix.basename(request)}.js`, external: true } : undefined,
    );
  },
};

/** Start and end lines that the watch task of .vscode/tasks.json waits for. */
const problemMatcher = {
  name: 'problem-matcher',
  setup(build) {
    build.onStart(() => console.log('[watch] build started'));
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[watch] build finished');
    });
  },
};

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: flags.has('--quiet') ? 'warning' : 'info',
  plugins: [powershellText, ...(watch ? [problemMatcher] : [])],
};

const extension = {
  ...common,
  entryPoints: { extension: 'src/extension.ts', ...lazyParts },
  outdir: 'dist',
  external: ['vscode'],
  minify: production,
  sourcemap: production ? false : 'linked',
  plugins: [...common.plugins, lazy],
};

/** The page opens at once only while it is small. */
const maxPageBytes = 40 * 1024;
const pageFile = 'dist/kvpPage.js';
const smallPage = {
  name: 'small-page',
  setup(build) {
    build.onEnd(async ({ errors }) => {
      const { size } = errors.length > 0 ? { size: 0 } : await stat(pageFile);
      return size > maxPageBytes
        ? { errors: [{ text: `${pageFile} has ${size} bytes, more than ${maxPageBytes}.` }] }
        : {};
    });
  },
};

/** Runs in a webview of VS Code; Chrome 132 is that of the oldest we support, 1.100. */
const page = {
  ...common,
  entryPoints: ['src/kvpEditor/webview/main.ts'],
  outfile: pageFile,
  platform: 'browser',
  target: 'chrome132',
  format: 'iife',
  minify: production,
  // A webview cannot load a map from beside the script.
  sourcemap: false,
  plugins: [...common.plugins, ...(production ? [smallPage] : [])],
};

const headless = { ...common, entryPoints: { hv: 'tools/hv.ts' }, outdir: 'out', sourcemap: 'linked' };

/** Every test file is bundled on its own, so that each can be run alone. */
const tests = () => ({
  ...common,
  entryPoints: readdirSync('test', { recursive: true })
    .map((file) => path.posix.join('test', file.split(path.sep).join('/')))
    .filter((file) => /\.test\.ts$|^test\/vscode\/index\.ts$|^test\/bench\/[^/]+\.ts$/.test(file)),
  outbase: 'test',
  outdir: 'out/test',
  external: ['vscode'],
  packages: 'external',
  sourcemap: 'linked',
});

async function main() {
  if (flags.has('--headless')) {
    await esbuild.build(headless);
    return;
  }
  const builds = [extension, page, headless, ...(flags.has('--tests') ? [tests()] : [])];
  if (watch) {
    for (const options of builds) await (await esbuild.context(options)).watch();
    return;
  }
  // A file that is no longer made must not be shipped or run.
  const emptied = builds.map(({ outdir }) => outdir).filter((folder) => folder && folder !== headless.outdir);
  await Promise.all(emptied.map((folder) => rm(folder, { recursive: true, force: true })));
  await Promise.all(builds.map((options) => esbuild.build(options)));
}

main().catch((error) => {
  if (!error.errors) console.error(error);
  process.exitCode = 1;
});
