// The build step that turns PowerShell sources into shipped text (tools/build/powershellText.js).
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';

const { shippedPowerShell } = createRequire(__filename)(path.resolve('tools/build/powershellText.js')) as {
  shippedPowerShell: (source: string, file: string) => string;
};
const ship = (source: string): string => shippedPowerShell(source, 'x.ps1');

describe('shipped PowerShell text', () => {
  it('has no comments, no indentation and no blank lines', () => {
    const source = ['# head', 'function A {', '    <# help', '    more #>', '', '    1 # one', '}', ''].join('\n');
    assert.equal(ship(source), 'function A {\n1\n}');
  });

  it('keeps a number sign that is part of a word or a string', () => {
    for (const line of ["'# not a comment'", '"# nor this"', 'a#b', '"it`"s # fine"', "'it''s # fine'"]) {
      assert.equal(ship(line), line);
    }
  });

  it('keeps strings inside a subexpression of a string whole', () => {
    const line = `"a $(Get-It "b # ) c" (1)) # d"`;
    assert.equal(ship(`${line} # comment`), line);
  });

  it('reads CRLF files like LF files', () => {
    assert.equal(ship('1\r\n\r\n2 # two\r\n'), '1\n2');
  });

  for (const [name, source, message] of [
    ['a here-string', '1\n$x = @"\na\n"@', /x\.ps1:2: here-strings/],
    ['a string over two lines', "1\n'a\nb'", /x\.ps1:2: a string must end/],
    ['a character beyond ASCII', "1\n2\n'\u00e9'", /x\.ps1:3: only ASCII/],
    ['a block comment without an end', '<# ', /x\.ps1:1: block comment/],
  ] as const) {
    it(`refuses ${name} and names the line`, () => {
      assert.throws(() => ship(source), message);
    });
  }
});
