import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { answerLines, ask } from '../../../tools/hv/answers';
import type { AnswerLine, Asked } from '../../../tools/hv/answers';
import { parseArguments, UsageError } from '../../../tools/hv/arguments';
import { makeVm, vmId } from '../../support/vms';

describe('the command line of hv', () => {
  it('one method, its parameters and a lab', () => {
    const plan = parseArguments([
      'vm.start',
      '--params',
      '{"id":"x"}',
      '--lab',
      '{"vmsPerHost":5}',
      '--host',
      '1',
      '--trace',
    ]);
    assert.deepEqual(plan, {
      method: 'vm.start',
      parameters: { id: 'x' },
      lab: { vmsPerHost: 5 },
      ssh: undefined,
      host: '1',
      launcher: 'node-powershell',
      trace: true,
    });
  });

  it('another computer is reached by ssh', () => {
    const plan = parseArguments(['inventory', '--ssh', 'anna@hv01:2222', '--ssh-config', '/etc/lab']);
    assert.deepEqual(plan?.ssh, { target: { host: 'hv01', user: 'anna', port: 2222 }, configFile: '/etc/lab' });
  });

  it('help is no plan', () => {
    assert.equal(parseArguments(['--help']), undefined);
  });

  it('what cannot be meant is refused with a sentence', () => {
    for (const argv of [
      [],
      ['inventory', 'twice'],
      ['inventory', '--nope'],
      ['inventory', '--lab', '{'],
      ['inventory', '--params', '[1]'],
      ['inventory', '--launcher', 'bash'],
      ['inventory', '--host', 'x'],
      ['inventory', '--ssh', '-oProxyCommand=x'],
      ['inventory', '--ssh', 'hv01', '--lab', '{}'],
      ['inventory', '--ssh-config', 'file'],
    ]) {
      assert.throws(() => parseArguments(argv), UsageError, argv.join(' '));
    }
  });
});

describe('the answers of hv', () => {
  function asked(call: (method: string) => unknown): Asked & { calls: string[] } {
    const calls: string[] = [];
    return {
      calls,
      host: { kind: 'local', id: 'local', name: 'localhost' },
      signal: new AbortController().signal,
      client: {
        call: (method) => {
          calls.push(method);
          return new Promise((resolve) => {
            resolve(call(method));
          });
        },
      },
    };
  }

  async function play(context: Asked, lines: readonly string[]): Promise<AnswerLine[]> {
    const answers: AnswerLine[] = [];
    // eslint-disable-next-line @typescript-eslint/require-await -- stdin is asynchronous, a list is not
    async function* input() {
      yield* lines;
    }
    for await (const answer of answerLines(context, input())) answers.push(answer);
    return answers;
  }

  it('the inventory is one document, by name and then by id', async () => {
    const vms = [
      makeVm({ id: vmId(3), name: 'b' }),
      makeVm({ id: vmId(2), name: 'a' }),
      makeVm({ id: vmId(1), name: 'b' }),
    ];
    const stats = { cimQueries: 15, frames: 1, bytes: 1, ms: 1 };
    const answer = await ask(
      asked(() => ({ vms, stats })),
      'inventory',
      {},
    );
    assert.deepEqual(answer, {
      method: 'inventory',
      result: { host: { id: 'local', name: 'localhost', kind: 'local' }, vms: [vms[1], vms[2], vms[0]], stats },
    });
  });

  it('requests are answered in their order, bad lines among them', async () => {
    const context = asked((method) => {
      if (method === 'bad') throw new HyperVError('guestLocked', 'locked');
      return method;
    });
    const answers = await play(context, [
      '{"method":"a"}',
      '',
      '{',
      '[]',
      '{"sleep":0}',
      '{"sleep":-1}',
      '{"method":"bad"}',
      '{"method":"b","params":[]}',
      '{"method":"c"}',
    ]);
    assert.deepEqual(
      answers.map((answer) => [answer.method, 'error' in answer ? answer.error.reason : answer.result]),
      [
        ['a', 'a'],
        [null, 'badRequest'],
        [null, 'badRequest'],
        [null, 'badRequest'],
        ['bad', 'guestLocked'],
        [null, 'badRequest'],
        ['c', 'c'],
      ],
    );
    assert.deepEqual(context.calls, ['a', 'bad', 'c']);
  });

  it('a fault of the client is not an answer', async () => {
    const context = asked(() => {
      throw new TypeError('bug');
    });
    await assert.rejects(ask(context, 'a', {}), TypeError);
  });
});
