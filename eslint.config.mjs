// Typed lint at its strictest, plus the layer rule of docs/architecture.md: imports point downwards only.
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Patterns of what a layer may not import; the message names the rule, so that a reader need not look it up. */
const forbid = (...groups) => ({
  patterns: groups.map(([group, message]) => ({ group, message })),
});
const noEditor = [['vscode'], 'Only src/extension.ts, views, commands and kvpEditor may import vscode.'];
const noSurface = [
  ['**/views/**', '**/commands/**', '**/kvpEditor/**', '**/extension'],
  'Imports point downwards: the core knows no surface.',
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'coverage/', 'node_modules/', 'tools/powershell-engine/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        forbid(noEditor, noSurface, [
          ['node:*', '**/powershell/**', '**/hyperv/**', '**/lab/**'],
          'The domain is pure: no I/O, no process.',
        ]),
      ],
    },
  },
  {
    files: ['src/powershell/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        forbid(noEditor, noSurface, [['**/hyperv/**', '**/lab/**'], 'The PowerShell layer knows nothing of Hyper-V.']),
      ],
    },
  },
  {
    files: ['src/hyperv/**/*.ts', 'src/lab/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', forbid(noEditor, noSurface)] },
  },
  {
    files: ['src/views/**/*.ts', 'src/commands/**/*.ts', 'src/kvpEditor/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        forbid([
          ['**/powershell/**'],
          'A surface reads the store and calls the host service; it never talks to PowerShell.',
        ]),
      ],
    },
  },
  {
    // An allow-list: this runs in a browser.
    files: ['src/kvpEditor/webview/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\./|\\.\\./messages$|\\.\\./\\.\\./domain/|@vscode/l10n$)',
              message: 'The page knows the domain, messages.ts and @vscode/l10n only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**', 'tools/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        performance: 'readonly',
        structuredClone: 'readonly',
      },
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', module: 'writable', __dirname: 'readonly' },
    },
  },
);
