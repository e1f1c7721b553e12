// A prelude on the real engine: its data travels as a frame, its state is one for all runspaces.
import assert from 'node:assert/strict';
import type { MethodSpec } from '../../src/powershell/methods';
import type { Session } from '../../src/powershell/session';
import { failure, Harness } from '../support/sessionHarness';
import text from '../support/sessionPrelude.ps1';

const functions = 'function Get-Greeting { return (Session.Lab\\Get-LabGreeting) }';

function method(kind: MethodSpec['class']): MethodSpec {
  return { function: 'Get-Greeting', class: kind, timeoutMs: 30_000, parameters: {} };
}
const methods = { read: method('read'), change: method('change'), long: method('long') };

describe('session with a prelude', function () {
  this.timeout(60_000);
  const harness = new Harness();
  after(() => harness.cleanUp());

  function withPrelude(data: object, module?: string): Session {
    const script = { functions, prelude: { text, data: { fail: false, failToEnter: false, greeting: '', ...data } } };
    return harness.session({ methods, script: module === undefined ? script : { ...script, module } });
  }

  it('enters it in every runspace that is used, with one state and the data as they were', async () => {
    const greeting = "2026-01-01T00:00:00Z $(x) 'z\u00fcrich' \u{1d11e}";
    const session = withPrelude({ greeting });
    await session.start();
    const answers: unknown[] = [];
    for (const name of ['read', 'change', 'long', 'read']) answers.push((await session.request(name, {})).value);
    assert.deepEqual(
      answers,
      [1, 2, 3, 3].map((entered) => ({ greeting, entered })),
    );
  });

  it('does not start when the prelude fails, and says why', async () => {
    const session = withPrelude({ fail: true });
    const error = await failure(session.start());
    assert.equal(error.kind, 'bootstrap');
    assert.equal(error.remote?.message, 'The prelude was told to fail.');
    assert.equal(session.state, 'dead');
  });

  it('answers with the reason when a runspace cannot be prepared, each time', async () => {
    const session = withPrelude({ failToEnter: true });
    await session.start();
    for (const name of ['read', 'read', 'change']) {
      const error = await failure(session.request(name, {}));
      assert.equal(error.kind, 'remote');
      assert.equal(error.message, 'Entering was told to fail.');
    }
  });

  it('reports whether the module of the script is on the module path', async () => {
    assert.equal((await withPrelude({}, 'No.Such-Module').start()).module, null);
    const present = 'Microsoft.PowerShell.Utility';
    assert.equal((await withPrelude({}, present).start()).module, present);
  });
});
