// Keeps docs/vocabulary.md: reads every text that people see, and refuses what is not in our words.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const bundle = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
const manifest = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const messages = Object.keys(bundle);
const texts = [...messages, ...Object.values(manifest)];

/** What to say instead is in docs/vocabulary.md. */
const refusedWords: Readonly<Record<string, RegExp>> = {
  'power off': /\bpower(s|ed|ing)?[ -](off|down)\b/i,
  kill: /\bkill/i,
  stop: /\bstop(s|ped)?\b/i,
  reboot: /\breboot/i,
  'switch off': /\bswitch(es|ed)? (on|off)\b/i,
  successfully: /\bsuccess/i,
  please: /\b(please|sorry|oops)\b/i,
  snapshot: /\bsnapshot/i,
  KVP: /\bKVP\b/,
  IP: /\bIPs?\b/,
  'shutdown as a verb': /\b(to|will|shall|cannot|can|not) shutdown\b/i,
  'shut down as a noun': /\b(the|a|graceful) shut down\b/i,
  'machine alone': /\bmachine(s)?\b(?<!virtual machines?)/i,
  'exclamation mark': /!/,
  'three dots': /\.\.\./,
};

/** Texts that need a refused word in another sense, with the sense. */
const exceptions: readonly { readonly word: string; readonly text: RegExp; readonly sense: string }[] = [
  { word: 'stop', text: /^Stopped waiting for /, sense: 'the person stops waiting' },
  { word: 'stop', text: /^The guest answered before and stopped\./, sense: 'the guest stopped answering' },
];

function excused(word: string, text: string): boolean {
  return exceptions.some((exception) => exception.word === word && exception.text.test(text));
}

describe('the words of the extension', () => {
  for (const [word, pattern] of Object.entries(refusedWords)) {
    it(`do without: ${word}`, () => {
      assert.deepEqual(
        texts.filter((text) => pattern.test(text) && !excused(word, text)),
        [],
      );
    });
  }

  it('need every exception that is made', () => {
    const idle = exceptions.filter(
      ({ word, text }) => !texts.some((each) => text.test(each) && refusedWords[word]?.test(each) === true),
    );
    assert.deepEqual(idle, []);
  });

  it('begin with no blank and end with none, and have none twice', () => {
    assert.deepEqual(
      texts.filter((text) => text !== text.trim() || / {2}/.test(text)),
      [],
    );
  });

  it('end a sentence that is followed by another, and the last one', () => {
    // Two sentences, or a capital and a verb with an object: a text with an inner sentence end must end like one.
    const open = texts.filter((text) => /[.?] \p{Lu}/u.test(text) && !/[.?)}]$/.test(text));
    assert.deepEqual(open, []);
  });

  it('title buttons and commands as VS Code does', () => {
    const titles = Object.entries(manifest)
      .filter(([key]) => /^command\..*\.title$/.test(key))
      .map(([, title]) => title);
    const small = /^(a|an|and|as|for|from|in|of|on|or|the|to|with)$/;
    const wrong = titles.filter((title) =>
      title.split(' ').some((word, index) => !/^\p{Lu}/u.test(word) && (index === 0 || !small.test(word))),
    );
    assert.deepEqual(wrong, []);
  });

  it('end no title with a period', () => {
    const titles = Object.entries(manifest).filter(([key]) => /\.(title|name)$/.test(key));
    assert.deepEqual(
      titles.filter(([, title]) => title.endsWith('.')),
      [],
    );
  });
});
