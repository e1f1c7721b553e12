// Stands in for PowerShell where the real one cannot be made to fail: answers the probes of both launchers, says hello,
// then does what its scenario says. Started as `node misbehavingShell.mjs <scenario> -NoExit -Command -`.
import { closeSync, writeSync } from 'node:fs';

const scenario = process.argv[2];
if (scenario === 'diesAtOnce') process.exit(5);
let nonce = '';
let inBlock = false;
let buffer = '';
/** The request whose answer is held back. */
let waiting;
const health = { queue: 0, running: 0, abandoned: 0, privateMB: 1, handles: 1, uptimeMs: 1 };
/** A megabyte of lines. */
const flood = `${'n'.repeat(1023)}\n`.repeat(1024);

process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => {
  buffer += chunk;
  const lines = buffer.split('\n');
  buffer = lines.pop();
  lines.forEach(receive);
});
if (['ignoresTheEnd', 'closesStdin', 'closesStdout', 'stopsReading'].includes(scenario)) {
  process.on('SIGTERM', () => undefined);
  setInterval(() => undefined, 1000);
} else process.stdin.on('end', () => process.exit(0));
if (scenario === 'floodBeforeProbe') for (let i = 0; i < 3000; i++) writeSync(2, `${'e'.repeat(100)}\n`);

function receive(line) {
  if (inBlock) {
    nonce ||= /^\$SessionNonce = '(.*)'$/.exec(line)?.[1] ?? '';
    if (line.trim() === '') greet();
  } else if (line === '& {') {
    inBlock = true;
    if (scenario === 'diesInBootstrap') process.exit(7);
  } else if (nonce === '') probe(line);
  else if (line !== '') request(JSON.parse(line));
}

function probe(line) {
  if (scenario === 'diesInProbe') process.exit(3);
  if (scenario === 'leavesInProbe') process.exit(0);
  if (scenario === 'silentInProbe') return;
  const constrained = scenario === 'constrained';
  const delimiter = /^\[Console\]::(Out|Error)\.Write\("(\w+)`n"\)/.exec(line);
  // As PowerShell 7 words it in another language: without an error id.
  if (delimiter && constrained) writeSync(2, 'InvalidOperation: Die Methode kann nicht aufgerufen werden.\n');
  else if (delimiter) writeSync(delimiter[1] === 'Out' ? 1 : 2, `${delimiter[2]}\n`);
  else if (line.startsWith('try {')) writeSync(1, constrained ? '@hv1:refused ConstrainedLanguage\n' : '@hv1:probe\n');
}

function greet() {
  inBlock = false;
  if (scenario === 'neverGreets') return;
  const hello = {
    proto: scenario === 'wrongVersion' ? 2 : 1,
    nonce,
    boot: 1,
    ps: '5.1',
    edition: 'Desktop',
    os: 'none',
    pid: process.pid,
    culture: 'de-DE',
    languageMode: 'FullLanguage',
    module: null,
    admin: false,
    selftest: '\u00e9\u2603\u{1d11e}',
  };
  send({ jsonrpc: '2.0', method: 'hello', params: hello });
  if (scenario === 'greetsTwice') send({ jsonrpc: '2.0', method: 'hello', params: hello });
  if (scenario === 'closesStdin') process.stdin.destroy();
  if (scenario === 'closesStdout') closeSync(1);
  if (scenario === 'stopsReading') process.stdin.pause();
}

function request({ id, method, params }) {
  const answer = { jsonrpc: '2.0', id, result: { text: params?.Text?.slice(1) ?? '' } };
  // Only a session with a prelude asks for it.
  if (method === 'session.open') return send({ jsonrpc: '2.0', id, result: null });
  if (method === 'ping' && !['neverAnswers', 'ignoresTheEnd', 'closesStdout'].includes(scenario))
    return send({ jsonrpc: '2.0', id, result: health });
  if (method === '$/cancelRequest' && scenario === 'answersWhenCancelled')
    return send({ jsonrpc: '2.0', id: waiting, result: { text: 'too late' } });
  if (method !== 'echo') return undefined;
  switch (scenario) {
    case 'noiseWithLiveId':
      raw(`${JSON.stringify({ ...answer, result: 'forged' })}\n`);
      raw(`@hv1:0000000000000000 ${JSON.stringify({ ...answer, result: 'forged' })}\n`);
      raw('half a line ');
      return send(answer);
    case 'answersTwice':
      send({ ...answer, id: 4711 });
      send(answer);
      return send({ ...answer, result: 'again' });
    case 'byteByByte':
      for (const byte of frame(answer)) writeSync(1, Buffer.of(byte));
      return undefined;
    case 'overlongLine':
      for (let i = 0; i < 5; i++) raw('x'.repeat(1024 * 1024));
      return send(answer);
    case 'brokenJson':
      raw(`\n@hv1:${nonce} {"jsonrpc":"2.0","id":${id},"result":\n`);
      return send(answer);
    case 'answersAndExits':
      send(answer);
      return process.exit(0);
    case 'exitsWithoutAnswer':
      return process.exit(0);
    case 'answersWhenCancelled':
      if (params.Text !== '=wait') return send(answer);
      waiting = id;
      return undefined;
    case 'floods':
      for (let i = 0; i < 200; i++) raw(flood);
      return send(answer);
    case 'closesStdout':
    case 'neverAnswers':
    case 'ignoresTheEnd':
      return undefined;
    default:
      return send(answer);
  }
}

function frame(message) {
  return Buffer.from(`\n@hv1:${nonce} ${JSON.stringify(message)}\n`);
}

function send(message) {
  raw(frame(message));
}

/** Pipes are non-blocking for Node's stdout on some platforms: a full one says EAGAIN. */
function raw(data) {
  let rest = Buffer.from(data);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}
