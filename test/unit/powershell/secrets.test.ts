// What must not be seen in a log, whatever it was turned into on the way there.
import assert from 'node:assert/strict';
import { silentLog } from '../../../src/powershell/log';
import { redactedLog, Secrets } from '../../../src/powershell/secrets';

describe('secrets', () => {
  const value = 'p\u00e4ss"w\\or&d <1>';
  let secrets: Secrets;

  beforeEach(() => {
    secrets = new Secrets();
    secrets.add(value);
  });

  const unicode = (text: string): string =>
    text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const json = JSON.stringify({ value });
  const forms: Record<string, string> = {
    'as text': `x ${value} x`,
    'in JSON': json,
    'in JSON of nothing but ASCII': unicode(json),
    'in JSON of Windows PowerShell': unicode(json).replace(/[<>&']/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
    'in an address': `https://host/?q=${encodeURIComponent(value)}`,
    'in Base64': Buffer.from(value).toString('base64'),
    'in Base64 of UTF-16': Buffer.from(value, 'utf16le').toString('base64'),
  };
  for (const [name, text] of Object.entries(forms)) {
    it(`are masked ${name}`, () => {
      const clean = secrets.redact(text);
      assert.ok(clean.includes('***'), clean);
      assert.ok(!clean.includes('or'), clean);
    });
  }

  it('are masked in the middle of something in Base64, wherever they begin', () => {
    for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
      const text = Buffer.from(`${before}${value}tail`).toString('base64');
      const clean = secrets.redact(text);
      const left = clean.split('***').map((part) => Buffer.from(part, 'base64').toString('latin1'));
      assert.ok(clean.includes('***'), before);
      assert.ok(!left.some((part) => part.includes('ss"w')), clean);
    }
  });

  it('are forgotten when everybody who named them has', () => {
    const once = new Secrets();
    const [first, second] = [once.add('hunter22'), once.add('hunter22')];
    first.dispose();
    first.dispose();
    assert.equal(once.redact('hunter22'), '***');
    second.dispose();
    assert.equal(once.redact('hunter22'), 'hunter22');
  });

  it('of a few characters are none: masking them would leave nothing to read', () => {
    const short = new Secrets();
    short.add('e');
    short.add('');
    assert.equal(short.redact('everything else'), 'everything else');
  });

  it('that nobody named are masked where they show: in a header, in an address', () => {
    for (const text of [
      'Authorization: Basic dXNlcjpwYXNz',
      '"authorization":"Bearer abc.def-ghi"',
      'proxy-authorization = NTLM TlRMTVNTUAAB',
      'https://user:swordfish@proxy:8080/',
    ])
      assert.doesNotMatch(secrets.redact(text), /dXNlcjpwYXNz|abc\.def|TlRM|swordfish/, text);
    assert.equal(secrets.redact('GET https://host:8080/a@b'), 'GET https://host:8080/a@b');
  });

  it('do not make a long line slow', () => {
    const long = 'a.'.repeat(500_000);
    assert.equal(secrets.redact(long), long);
  });

  it('never reach a log, at any level', () => {
    const lines: string[] = [];
    const add = (line: string): void => void lines.push(line);
    const log = redactedLog(
      { ...silentLog, traceEnabled: true, trace: add, debug: add, info: add, warn: add },
      secrets,
    );
    assert.equal(log.traceEnabled, true);
    log.trace(`x ${value}`);
    log.debug(`x ${value}`);
    log.info(`x ${value}`);
    log.warn(`x ${value}`);
    assert.deepEqual(lines, Array(4).fill('x ***'));
  });
});
