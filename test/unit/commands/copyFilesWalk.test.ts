import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFiles } from '../../../src/commands/files/walk';
import type { Found } from '../../../src/commands/files/walk';
import { isGoodName } from '../../../src/domain/files/guestPaths';
import { mostFiles } from '../../../src/domain/files/plan';

describe('Walking folders', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyperv-walk-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const at = (...parts: readonly string[]): string => path.join(folder, ...parts);
  const walk = (...names: readonly string[]): Promise<Found> =>
    findFiles(
      names.map((name) => at(name)),
      new AbortController().signal,
      () => undefined,
    );
  const names = ({ files }: Found): string[] => files.map(({ parts }) => parts.join('/'));

  it('ends when cancelled, and tells of what cannot be read', async () => {
    const gone = await walk('gone');
    assert.deepEqual(gone.skipped, [{ name: 'gone', reason: 'unreadable' }]);
    const cancelled = await findFiles([tmpdir()], AbortSignal.abort(), () => undefined);
    assert.deepEqual(cancelled.files, []);
  });

  it('takes files as they are called, hidden and empty ones too', async () => {
    const all = [
      '.hidden',
      '[a] (b)',
      'it\'s "x" `y` $z; & %OS%',
      'line\nbreak',
      'dot.',
      'blank ',
      'NUL',
      'e\u0301',
      'é',
    ];
    const odd = all.filter((name) => process.platform !== 'win32' || isGoodName('windows', name));
    await mkdir(at('odd'));
    for (const name of odd) await writeFile(at('odd', name), '');
    const found = await walk('odd');
    assert.deepEqual(names(found).sort(), odd.map((name) => `odd/${name}`).sort());
    assert.deepEqual([...new Set(found.files.map(({ bytes }) => bytes))], [0]);
  });

  it('follows no link, not even one that was chosen, and goes round in no circle', async () => {
    await mkdir(at('a', 'b'), { recursive: true });
    await writeFile(at('a', 'b', 'x'), 'x');
    await symlink(at('a'), at('a', 'b', 'circle'));
    await symlink(at('a', 'b', 'x'), at('a', 'file'));
    await symlink(at('a'), at('chosen'));
    await symlink(at('nowhere'), at('a', 'broken'));
    const found = await walk('a', 'chosen');
    assert.deepEqual(names(found), ['a/b/x']);
    assert.deepEqual(
      found.skipped.map(({ name, reason }) => `${name} ${reason}`),
      ['a/broken link', 'a/file link', 'a/b/circle link', 'chosen link'],
    );
  });

  it('tells of folders without anything in them, and of what is no file', async () => {
    await mkdir(at('a', 'empty', 'deeper'), { recursive: true });
    assert.deepEqual((await walk('a')).skipped, [{ name: 'a/empty/deeper', reason: 'emptyFolder' }]);
    if (process.platform === 'win32') return;
    const device = await findFiles(['/dev/null'], new AbortController().signal, () => undefined);
    assert.deepEqual(device.skipped, [{ name: 'null', reason: 'special' }]);
  });

  it('goes as deep as folders do', async () => {
    const deep = Array.from({ length: 300 }, () => 'deep');
    await mkdir(at(...deep), { recursive: true });
    await writeFile(at(...deep, 'x'), 'x');
    assert.deepEqual(
      (await walk('deep')).files.map(({ parts }) => parts.length),
      [301],
    );
  });

  it('knows sizes beyond 4 GB', async () => {
    await writeFile(at('large'), '');
    await truncate(at('large'), 5_000_000_000);
    assert.deepEqual(
      (await walk('large')).files.map(({ bytes }) => bytes),
      [5_000_000_000],
    );
  });

  it('gives up where there are more files than a host should copy one by one', async () => {
    await mkdir(at('many'));
    await Promise.all(Array.from({ length: mostFiles + 20 }, (_, index) => writeFile(at('many', `${index}`), '')));
    const found = await walk('many', 'many');
    assert.deepEqual([found.isTooMany, found.files.length], [true, mostFiles + 1]);
  });

  it('puts what is in the root of a drive straight into the folder of the guest', async () => {
    const abort = new AbortController();
    const found = await findFiles([path.parse(folder).root], abort.signal, () => {
      abort.abort();
    });
    assert.notEqual(found.files[0]?.parts[0], '');
  });
});
