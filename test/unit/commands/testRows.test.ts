import assert from 'node:assert/strict';
import { activeRow, testRows } from '../../../src/commands/hosts/testRows';
import type { TestState } from '../../../src/commands/hosts/testRows';
import { HyperVError } from '../../../src/domain/errors';
import type { TestStepResult } from '../../../src/hyperv/connectionTest';

const definition = { kind: 'ssh', id: 'ssh:lab01', name: 'lab01', target: { host: 'lab01' } } as const;

function stateOf(results: readonly TestStepResult[]): TestState {
  return { definition, results, running: false, then: 'nothing' };
}

const refused = new HyperVError('hostUnreachable', 'x', 'none', { cause: 'refused' });
const left = (['signIn', 'powershell', 'hyperv'] as const).map((step) => ({
  step,
  outcome: 'skipped' as const,
  error: refused,
}));

describe('The rows of a connection test', () => {
  it('name in one row what was left out after a step that failed', () => {
    const rows = testRows(stateOf([{ step: 'port', outcome: 'failed', error: refused }, ...left]));
    const leftOut = rows.filter(({ description }) => description?.startsWith('Not tried') === true);
    assert.deepEqual(
      leftOut.map(({ label }) => label),
      ['Sign-in, PowerShell, Hyper-V'],
    );
  });

  it('keep apart steps that were left out for reasons of their own', () => {
    const rows = testRows(stateOf([{ step: 'port', outcome: 'skipped', fact: 'gate' }, ...left]));
    assert.deepEqual(
      rows.slice(0, 2).map(({ label }) => label),
      ['Port', 'Sign-in, PowerShell, Hyper-V'],
    );
  });

  it('show every letter of a command, line by line, and what Enter does with it', () => {
    const remedy = `Set-Service -Name sshd\n${'ssh-keygen -f "a long path" '.repeat(4).trim()}`;
    const state = stateOf([{ step: 'port', outcome: 'failed', error: refused, remedy }]);
    const rows = testRows(state);
    const from = rows.findIndex(({ icon }) => icon === 'terminal');
    const to = rows.findIndex(({ description }) => description === 'Enter copies it');
    const shown = rows.slice(from, to + 1).map(({ label }) => label);
    assert.equal(shown[0], 'Set-Service -Name sshd');
    assert.equal(shown.join(' '), remedy.replace('\n', ' '));
    assert.ok(shown.every(({ length }) => length < 66));
    assert.equal(activeRow(state, rows), 0);
  });
});
