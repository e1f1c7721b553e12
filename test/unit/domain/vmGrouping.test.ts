import assert from 'node:assert/strict';
import { defaultGrouping, parseGrouping, stateGroupOf, tagOf } from '../../../src/domain/vmGrouping';
import packageJson from '../../../package.json';

describe('A tag in the notes', () => {
  const cases: readonly (readonly [notes: string, tag: string | undefined])[] = [
    ['#web', 'web'],
    ['Owner: Anna #Web-2 #db', 'web-2'],
    ['first line\n#büro_3\nlast', 'büro_3'],
    // Decomposed, as macOS writes it.
    ['#bu\u0308ro', 'büro'],
    ['#web.prod, see below', 'web'],
    ['', undefined],
    ['nothing here', undefined],
    // A heading, a ticket, part of an address, a bracket.
    ['# Web', undefined],
    ['see #4711', undefined],
    ['https://example.com/#web', undefined],
    ['c#sharp', undefined],
    ['##web', undefined],
    ['#$(hostname) #[x](command:y)', undefined],
  ];
  for (const [notes, tag] of cases) {
    it(`of ${JSON.stringify(notes)} is ${tag ?? 'none'}`, () => {
      assert.equal(tagOf(notes), tag);
    });
  }

  it('has at most 40 characters, and is found in notes of any length', () => {
    assert.equal(tagOf(`#${'a'.repeat(1_000)}`), 'a'.repeat(40));
    assert.equal(tagOf(`${'# '.repeat(200_000)}#web`), 'web');
    assert.equal(tagOf(`${'#'.repeat(200_000)}web`), undefined);
  });
});

describe('The setting of groups', () => {
  it('is its default where it makes no sense', () => {
    assert.deepEqual(parseGrouping('state', 50), { by: 'state', above: 50 });
    for (const [by, above] of [
      [undefined, undefined],
      [7, '200'],
      ['toString', -1],
      [['name'], Number.NaN],
    ])
      assert.deepEqual(parseGrouping(by, above), defaultGrouping);
  });

  it('has the defaults of the manifest', () => {
    const { properties } = packageJson.contributes.configuration;
    const shown = { by: properties['hyperv.groups.by'].default, above: properties['hyperv.groups.above'].default };
    assert.deepEqual(shown, defaultGrouping);
  });
});

describe('The group of a state', () => {
  it('of a virtual machine that is on stays until it has done what it does', () => {
    for (const state of ['starting', 'stopping', 'saving', 'resetting', 'snapshotting'] as const)
      assert.equal(stateGroupOf(state), 'running');
    for (const state of ['off', 'saved', 'paused', 'unknown'] as const) assert.equal(stateGroupOf(state), state);
  });
});
