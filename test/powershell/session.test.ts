// A session on the real engine, with either launcher: starting, asking, streaming, failing.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { parseRow } from '../../src/hyperv/inventoryRows';
import type { Session } from '../../src/powershell/session';
import { failure, fileExists, Harness, launchers, until } from '../support/sessionHarness';

for (const { name, create } of launchers) {
  describe(`session started by ${name}`, function () {
    this.timeout(60_000);
    const harness = new Harness(create());
    let session: Session;

    before(async () => {
      session = await harness.started();
    });
    after(() => harness.cleanUp());

    it('says what runs at the other end', () => {
      const hello = session.hello;
      assert.equal(session.state, 'ready');
      assert.ok(hello);
      assert.equal(hello.pid, harness.launcher.processes[0]?.pid);
      assert.equal(hello.languageMode, 'FullLanguage');
      assert.match(hello.ps, /^\d+\.\d+/);
      assert.match(hello.edition, /^(Core|Desktop)$/);
    });

    it('answers with what the function returned', async () => {
      const { value, frames, bytes } = await session.request('echo', { Text: 'hello' });
      assert.deepEqual(value, { text: 'hello' });
      assert.equal(frames, 1);
      assert.ok(bytes > 0);
    });

    it('answers null when the function returned nothing', async () => {
      assert.equal((await session.request('nothing', {})).value, null);
    });

    it('binds parameters by the types of the function', async () => {
      const { value } = await session.request('echoTypes', {
        Id: 'A42D3B4E-0000-4000-8000-0123456789AB',
        Enabled: false,
        Count: 7,
        Names: ['one'],
      });
      const { bound, ...rest } = value as { bound: string[] };
      const id = 'a42d3b4e-0000-4000-8000-0123456789ab';
      assert.deepEqual(rest, { id, enabled: false, count: 7, names: ['one'] });
      assert.deepEqual(bound.sort(), ['Count', 'Enabled', 'Id', 'Names']);
    });

    it('leaves a parameter unbound that was not given, and keeps an empty list a list', async () => {
      const { value } = await session.request('echoTypes', { Names: [] });
      const { bound, names } = value as { bound: string[]; names: unknown };
      assert.deepEqual(bound, ['Names']);
      assert.deepEqual(names, []);
    });

    it('hands on batches as they come, all before the answer', async () => {
      const events: string[] = [];
      const gate = harness.path('second-batch');
      const answer = session
        .request('twoBatches', { Path: gate }, { onBatch: (records) => events.push(JSON.stringify(records)) })
        .then(() => events.push('answer'));
      await until(() => events.length === 1);
      writeFileSync(gate, '');
      await answer;
      assert.deepEqual(events, ['[["first",1]]', '[["second",2]]', 'answer']);
    });

    it('splits many records into frames of at most 200', async () => {
      const sizes: number[] = [];
      const records: unknown[] = [];
      const answer = await session.request(
        'records',
        { Count: 450, Size: 10 },
        {
          onBatch: (batch) => {
            sizes.push(batch.length);
            records.push(...batch);
          },
        },
      );
      assert.deepEqual(sizes, [200, 200, 50]);
      assert.deepEqual(records[449], ['vm', 449, 'machine 449', true, null, 'xxxxxxxxxx']);
      assert.equal(answer.frames, 4);
    });

    it('splits large records into frames of at most 256 KiB', async () => {
      const sizes: number[] = [];
      const onBatch = (batch: readonly unknown[]): void => {
        assert.ok(JSON.stringify(batch).length <= 256 * 1024);
        sizes.push(batch.length);
      };
      await session.request('records', { Count: 200, Size: 5_000 }, { onBatch });
      assert.equal(
        sizes.reduce((sum, size) => sum + size, 0),
        200,
      );
      assert.ok(sizes.length > 1);
    });

    it('leaves out a record that no frame can hold, and says so in its place', async () => {
      const records: (readonly unknown[])[] = [];
      const onBatch = (batch: readonly unknown[]): void => {
        records.push(...(batch as (readonly unknown[])[]));
      };
      const { value } = await session.request('oversized', { Size: 2 * 1024 * 1024 }, { onBatch });
      assert.deepEqual(value, { sent: 3 });
      const [first, problem, third] = records;
      assert.deepEqual(
        [first, third],
        [
          ['vm', 'first'],
          ['vm', 'third'],
        ],
      );
      assert.deepEqual(problem?.slice(0, 2), ['problem', 'notes']);
      assert.match(String(problem[2]), /notes second$/);
      assert.equal(parseRow(problem)?.kind, 'problem');
    });

    it('runs a read, a change and a long call at the same time', async () => {
      const go = harness.path('overlap-go');
      const calls = ['read', 'change', 'long'].map((kind) =>
        session.request(`step.${kind}`, { Announce: harness.path(`overlap-${kind}`), Until: go }),
      );
      // Each waits for a file that is written only after all three have begun.
      for (const kind of ['read', 'change', 'long']) await fileExists(harness.path(`overlap-${kind}`));
      writeFileSync(go, '');
      await Promise.all(calls);
    });

    it('answers 200 requests over three runspaces, each with its own answer', async () => {
      const texts = Array.from({ length: 200 }, (_, i) => `text ${i}`);
      const path = harness.path('many');
      const answers = await Promise.all(
        texts.map((text, i) => {
          if (i % 3 === 0) return session.request('echo', { Text: text });
          return session.request(i % 3 === 1 ? 'line.change' : 'line.long', { Path: `${path}${i % 3}`, Text: text });
        }),
      );
      assert.deepEqual(
        answers.map(({ value }) => value),
        texts.map((text) => ({ text })),
      );
    });

    it('tells an error with its id, category, HRESULT, target and detail', async () => {
      const error = await failure(session.request('detail', {}));
      assert.equal(error.kind, 'remote');
      assert.equal(error.outcome, 'none');
      const { fqid, category, hresult, target, detail } = error.remote ?? {};
      assert.equal(fqid, 'Hv.accessDenied');
      assert.equal(category, 'PermissionDenied');
      assert.equal(target, 'the target');
      assert.deepEqual(detail, { reason: 'accessDenied', returnValue: 32775 });
      assert.equal(hresult, 0x80004005);
    });

    it('tells an error that a command raised, and goes on', async () => {
      const error = await failure(session.request('missing', {}));
      assert.equal(error.remote?.fqid, 'CommandNotFoundException');
      assert.equal(error.remote.category, 'ObjectNotFound');
      assert.equal(error.remote.target, 'Get-DoesNotExist');
      assert.deepEqual((await session.request('echo', { Text: 'still here' })).value, { text: 'still here' });
    });

    it('refuses a method that the table does not list', async () => {
      assert.equal((await failure(session.request('Get-Echo', {}))).kind, 'badRequest');
      assert.equal((await failure(session.request('constructor', {}))).kind, 'badRequest');
    });

    it('refuses a parameter that the table does not list, common parameters among them', async () => {
      for (const extra of ['Name', 'ErrorAction', 'OutVariable', 'Confirm', 'text']) {
        const error = await failure(session.request('echo', { Text: 'x', [extra]: 'y' }));
        assert.equal(error.kind, 'badRequest', extra);
      }
    });

    /** Sends a frame of which the session knows nothing, and waits for what comes back: the session does not log it. */
    async function raw(id: number, rest: string): Promise<string> {
      const process = harness.launcher.processes[0];
      assert.ok(process);
      let text = '';
      const take = (chunk: Buffer): void => void (text += chunk.toString());
      process.stdout.on('data', take);
      process.stdin.write(`{"jsonrpc":"2.0","id":${id},${rest}}\n`);
      const answer = (): string | undefined =>
        text.split('\n').find((line) => line.startsWith('@hv1:') && line.includes(`"id":${id}`));
      await until(() => text.endsWith('\n') && answer() !== undefined);
      process.stdout.off('data', take);
      return answer() ?? '';
    }

    it('has a dispatcher that tells how it is', async () => {
      const frame = await raw(9000, '"method":"ping"');
      const { result } = JSON.parse(frame.slice(frame.indexOf('{'))) as { result: Record<string, number> };
      assert.deepEqual(Object.keys(result).sort(), [
        'abandoned',
        'handles',
        'privateMB',
        'queue',
        'running',
        'uptimeMs',
      ]);
      assert.ok(Object.values(result).every((count) => count >= 0));
      assert.equal(result['abandoned'], 0);
    });

    it('has a dispatcher that checks for itself, and answers what it cannot read', async () => {
      assert.match(await raw(9001, '"method":"Get-Echo","params":{}'), /"code":-32601/);
      assert.match(await raw(9002, '"method":"ECHO","params":{}'), /"code":-32601/);
      assert.match(await raw(9003, '"method":"echo","params":{"ErrorAction":"=Ignore"}'), /"code":-32602/);
      assert.match(await raw(9004, '"method":"echo","params":{"Text":"=a","text":"=b"}'), /"code":-3260[23]/);
      assert.match(await raw(9005, '"method":"echo","params":{'), /"code":-32603/);
    });

    it('refuses a value of another kind without asking PowerShell', async () => {
      const error = await failure(session.request('echoTypes', { Id: '{A42D3B4E-0000-4000-8000-0123456789AB}' }));
      assert.equal(error.kind, 'badRequest');
      assert.equal(error.message, 'echoTypes: Id must be a GUID, without braces.');
    });

    it('refuses a value which the function does not take', async () => {
      const error = await failure(session.request('echoTypes', { Count: 2 ** 40 }));
      assert.equal(error.kind, 'badRequest');
      assert.match(error.remote?.fqid ?? '', /^ParameterArgumentTransformationError/);
    });

    it('answers with an error instead of a frame above the limit, and goes on', async () => {
      const error = await failure(session.request('large', { Size: 2 * 1024 * 1024 }));
      assert.equal(error.kind, 'remote');
      assert.deepEqual((await session.request('large', { Size: 3 })).value, { text: 'xxx' });
    });

    it('is not disturbed by what a function prints', async () => {
      for (const text of ['plain', '{"jsonrpc":"2.0","id":1,"result":1}', '@hv1:0000000000000000 {}', 'h\u00e4lf']) {
        assert.deepEqual((await session.request('noise', { Text: text })).value, { text });
      }
    });

    it('has nothing to tell of a shell that printed nothing', async () => {
      const quiet = await harness.started();
      assert.deepEqual((await quiet.diagnostics()).noise, []);
    });

    it('keeps reading stderr when it is flooded', async () => {
      assert.deepEqual((await session.request('errorFlood', { Lines: 3_000 })).value, { lines: 3_000 });
      assert.ok((await session.diagnostics()).noise.length <= 50);
    });

    it('stops and leaves no process behind', async () => {
      const stopping = await harness.started();
      const process = harness.launcher.processes.at(-1);
      await stopping.stop();
      assert.equal(stopping.state, 'dead');
      const exit = await process?.exited;
      assert.deepEqual(exit, { code: 0, signal: null });
      assert.equal((await failure(stopping.request('echo', { Text: 'x' }))).kind, 'closed');
    });
  });
}

describe('session log', function () {
  this.timeout(60_000);
  const harness = new Harness();
  after(() => harness.cleanUp());

  it('has one line for the header of every frame, and bodies at trace level only', async () => {
    const session = await harness.started();
    harness.log.lines.length = 0;
    await session.request('echo', { Text: 'a body' });
    const headers = harness.log.lines.filter((line) => line.startsWith('debug'));
    assert.equal(headers.length, 2);
    assert.match(headers[0] ?? '', /^debug -> \d+ echo \d+ B$/);
    assert.match(headers[1] ?? '', /^debug <- \d+ echo result \d+ B [\d.]+ ms$/);
    assert.ok(harness.log.lines.filter((line) => line.includes('a body')).every((line) => line.startsWith('trace')));
  });
});
