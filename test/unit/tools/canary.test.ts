import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { canary, filesWithCanary } from '../../../tools/lib/canary.mjs';

describe('the search for the password of the tests', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'canary-search-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const forms: Readonly<Record<string, string | Buffer>> = {
    text: `user: ${canary}\n`,
    'text of Windows': Buffer.from(`user: ${canary}`, 'utf16le'),
    JSON: JSON.stringify({ password: canary }),
    Base64: Buffer.from(canary).toString('base64'),
    'an address': `https://user:${encodeURIComponent(canary)}@host`,
  };
  for (const [name, content] of Object.entries(forms)) {
    it(`finds it as ${name}, in any folder of the run`, () => {
      const file = path.join(folder, 'deep', 'log');
      mkdirSync(path.dirname(file));
      writeFileSync(file, content);
      assert.deepEqual(
        filesWithCanary(folder).filter((found) => found.startsWith(folder)),
        [file],
      );
    });
  }

  it('finds nothing where there is nothing', () => {
    writeFileSync(path.join(folder, 'log'), 'p\u00e4ssword: ***');
    assert.deepEqual(
      filesWithCanary(folder).filter((found) => found.startsWith(folder)),
      [],
    );
  });
});
