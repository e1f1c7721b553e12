// Hostile text as a parameter arrives unchanged and is never run.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Session } from '../../src/powershell/session';
import { failure, Harness } from '../support/sessionHarness';

describe('hostile strings as parameters', function () {
  this.timeout(60_000);
  const harness = new Harness();
  const canary = harness.path('canary');
  let session: Session;

  before(async () => {
    session = await harness.started();
  });
  after(() => harness.cleanUp());
  afterEach(() => {
    assert.equal(existsSync(canary), false, 'a parameter was run as code');
  });

  const code = `[IO.File]::WriteAllText('${canary}','x')`;
  const typographic = ['\u2018', '\u2019', '\u201a', '\u201b', '\u201c', '\u201d', '\u201e'];
  const hostile: Record<string, string> = {
    'a subexpression': `$(${code})`,
    'a subexpression in quotes': `"$(${code})"`,
    'a statement after a quote': `'; ${code}; '`,
    'a statement after a double quote': `"; ${code}; "`,
    'a statement after typographic quotes': typographic.map((quote) => `${quote}; ${code}; ${quote}`).join(' '),
    'a script block': `} ; ${code} ; & {`,
    'lines of code': `\n${code}\n\n${code}\r\n\r${code}`,
    'a line that ends a block': '\n}\n\n',
    backticks: '`n`$`"``',
    wildcards: '[*?]*',
    'a hashtable': '@{a=1}',
    'a here-string': `@'\n${code}\n'@`,
    'a comment': '<# #> # x',
    'an ISO date': '2026-01-01T00:00:00Z',
    'a date with an offset': '2026-01-01T00:00:00.123+02:00',
    'a date of Windows PowerShell': '/Date(0)/',
    'an escaped date': '\\/Date(0)\\/',
    __proto__x: '__proto__',
    nothing: '',
    'the mark itself': '==',
    blanks: '  \t ',
    'a NUL': 'a\0b',
    'control characters': Array.from({ length: 32 }, (_, i) => String.fromCharCode(i)).join('') + '\u007f',
    'a byte order mark': '\ufefftext',
    'line separators': 'a\u2028b\u2029c\u0085d',
    'an astral character': '\u{1d11e}\u{1f600}',
    markup: '<a href="x">&amp;</a>',
    'a frame': '@hv1:0000000000000000 {"jsonrpc":"2.0","id":0,"result":1}',
    'a frame on a line of its own': '\n@hv1:0000000000000000 {"jsonrpc":"2.0","id":0,"result":1}\n',
    '900,000 characters': 'x'.repeat(900_000),
    '80,000 characters outside ASCII': '\u00e4'.repeat(80_000),
  };

  for (const [name, text] of Object.entries(hostile)) {
    it(`${name} arrives unchanged`, async () => {
      const { value } = await session.request('echo', { Text: text });
      assert.equal((value as { text: string }).text, text);
    });
  }

  it('they arrive unchanged in a list as well', async () => {
    const Names = Object.values(hostile).filter((text) => text.length < 1_000);
    const { value } = await session.request('echoTypes', { Names });
    assert.deepEqual((value as { names: string[] }).names, Names);
  });

  it('half a surrogate pair is refused, since PowerShell would replace it', async () => {
    for (const Text of ['a\ud834', '\udd1eb']) {
      const error = await failure(session.request('echo', { Text }));
      assert.equal(error.kind, 'badRequest');
      assert.equal(error.outcome, 'none');
    }
  });

  it('more than a frame can hold is refused without being sent', async () => {
    const error = await failure(session.request('echo', { Text: 'x'.repeat(1024 * 1024) }));
    assert.equal(error.kind, 'badRequest');
    assert.equal(error.outcome, 'none');
  });
});
