// Turns a PowerShell source file into the text that is shipped: no comments, no indentation, no blank lines.
// The session sends it in one block on stdin, where a blank line would end the block (see docs/architecture.md),
// so this also refuses what could not survive that: non-ASCII text, here-strings, strings over several lines.

/** A `#` starts a comment only where a token can start; `a#b` is one word. */
const tokenStart = /[\s;(){}[\],|&=]/;

/**
 * @param {string} source PowerShell source
 * @param {string} file name for messages
 * @returns {string} the same program, one statement line after the other, joined by LF
 */
function shippedPowerShell(source, file) {
  const reader = new Reader(source, file);
  let code = '';
  while (!reader.atEnd) code += reader.nextPiece();
  return code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

class Reader {
  constructor(source, file) {
    this.source = source.replaceAll('\r\n', '\n');
    this.file = file;
    this.position = 0;
    const foreign = /[^\n\t\x20-\x7e]/.exec(this.source);
    if (foreign) {
      this.position = foreign.index;
      this.fail('only ASCII is allowed: Windows PowerShell reads its input in the console code page');
    }
  }

  get atEnd() {
    return this.position >= this.source.length;
  }

  /** One character, string or comment of code outside strings; comments come back as nothing. */
  nextPiece() {
    const { source, position } = this;
    const char = source[position];
    const previous = position === 0 ? '\n' : source[position - 1];
    if (source.startsWith('<#', position)) {
      const end = source.indexOf('#>', position + 2);
      if (end < 0) this.fail('block comment without an end');
      this.position = end + 2;
      return ' ';
    }
    if (char === '#' && tokenStart.test(previous)) {
      const end = source.indexOf('\n', position);
      this.position = end < 0 ? source.length : end;
      return '';
    }
    if (/^@['"]\s*\n/.test(source.slice(position, position + 80))) this.fail('here-strings are not allowed');
    if (char === "'") return this.singleQuoted();
    if (char === '"') return this.doubleQuoted();
    if (char === '`') return this.take(2);
    return this.take(1);
  }

  take(count) {
    const text = this.source.slice(this.position, this.position + count);
    this.position += count;
    return text;
  }

  singleQuoted() {
    let text = this.take(1);
    for (;;) {
      if (this.source.startsWith("''", this.position)) text += this.take(2);
      else if (this.source[this.position] === "'") return text + this.take(1);
      else text += this.stringCharacter();
    }
  }

  doubleQuoted() {
    let text = this.take(1);
    for (;;) {
      if (this.source.startsWith('""', this.position)) text += this.take(2);
      else if (this.source[this.position] === '`') text += this.take(2);
      else if (this.source.startsWith('$(', this.position)) text += this.take(2) + this.subexpression();
      else if (this.source[this.position] === '"') return text + this.take(1);
      else text += this.stringCharacter();
    }
  }

  /** Code inside `$( … )` of a double-quoted string, up to and with its closing parenthesis. */
  subexpression() {
    let text = '';
    for (let depth = 1; depth > 0;) {
      if (this.atEnd) this.fail('subexpression without an end');
      const piece = this.nextPiece();
      if (piece === '(') depth++;
      if (piece === ')') depth--;
      text += piece;
    }
    return text;
  }

  stringCharacter() {
    if (this.atEnd || this.source[this.position] === '\n') this.fail('a string must end on its line');
    return this.take(1);
  }

  fail(message) {
    const line = this.source.slice(0, this.position).split('\n').length;
    throw new Error(`${this.file}:${line}: ${message}`);
  }
}

module.exports = { shippedPowerShell };
