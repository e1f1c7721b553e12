// What hv prints when something went wrong: the same fields for every cause, in words that fit the caller.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { answerLines, ask } from '../../../tools/hv/answers';
import type { AnswerLine, Asked } from '../../../tools/hv/answers';
import { makeVm, vmId } from '../../support/vms';

const id = vmId(7);
const fields = ['detail', 'message', 'nextStep', 'outcome', 'reason', 'what'];

/** A host that knows one VM and refuses every change with this error. */
function refusing(error: HyperVError): Asked & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    host: { kind: 'local', id: 'local', name: 'HV01' },
    signal: new AbortController().signal,
    client: {
      call: (method) => {
        calls.push(method);
        return method === 'vm.read' ? Promise.resolve({ vm: makeVm({ id, name: 'DC01' }) }) : Promise.reject(error);
      },
    },
  };
}

function errorOf(answer: AnswerLine | undefined) {
  assert.ok(answer !== undefined && 'error' in answer);
  return answer.error;
}

async function answersTo(asked: Asked, lines: readonly string[]): Promise<AnswerLine[]> {
  const answers: AnswerLine[] = [];
  // eslint-disable-next-line @typescript-eslint/require-await -- stdin is asynchronous, a list is not
  async function* input() {
    yield* lines;
  }
  for await (const answer of answerLines(asked, input())) answers.push(answer);
  return answers;
}

describe('the errors of hv', () => {
  it('name the VM and what was to become of it', async () => {
    const asked = refusing(new HyperVError('guestLocked', 'locked', 'none', { errorId: 'Hv.returnCode' }));
    const error = errorOf(await ask(asked, 'vm.shutDown', { id }));
    assert.deepEqual(Object.keys(error).sort(), [...fields, 'headline'].sort());
    assert.match(error.headline ?? '', /DC01/);
    assert.match(error.what, /DC01/);
    assert.equal(error.message, 'locked');
  });

  it('name the id when there is nobody to ask for the name', async () => {
    const asked = refusing(new HyperVError('sessionLost', 'lost', 'unknown'));
    const error = errorOf(await ask(asked, 'service.set', { id }));
    assert.ok(error.headline?.includes(id));
    assert.equal(error.outcome, 'unknown');
    assert.deepEqual(asked.calls, ['service.set']);
  });

  it('have no headline when nothing was to be changed', async () => {
    const asked = refusing(new HyperVError('accessDenied', 'denied', 'none', { errorId: 'AccessDenied' }));
    assert.deepEqual(Object.keys(errorOf(await ask(asked, 'inventory', {}))).sort(), fields);
  });

  it('tell whoever wrote a request that is not valid what to correct', async () => {
    const message = 'service.set: enabled must be true or false.';
    const asked = refusing(new HyperVError('badRequest', message));
    const error = errorOf(await ask(asked, 'service.set', { id, enabled: 'yes' }));
    assert.equal(error.what, message);
    assert.match(error.nextStep, /Correct the request/);
  });

  it('have the same fields for a line that is no request', async () => {
    const asked = refusing(new HyperVError('failed', 'x'));
    for (const answer of await answersTo(asked, ['{', '[]', '{"sleep":-1}', '{"method":"a","params":7}'])) {
      const error = errorOf(answer);
      assert.deepEqual(Object.keys(error).sort(), fields);
      assert.equal(error.reason, 'badRequest');
      assert.equal(error.outcome, 'none');
      assert.equal(error.what, error.message);
    }
    assert.deepEqual(asked.calls, []);
  });
});
