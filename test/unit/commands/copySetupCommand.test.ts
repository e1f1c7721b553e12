import assert from 'node:assert/strict';
import { copySetupCommand } from '../../../src/commands/copySetupCommand';
import { HyperVError } from '../../../src/domain/errors';
import { parseProbeFacts } from '../../../src/domain/readiness';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';

/** This computer, whose service is stopped, and two others: one without Hyper-V, and one that works. */
function rigWithFailures(): Rig {
  const rig = makeRig({ PC: [], WELL: [] });
  const failure = { kind: 'failed', error: new HyperVError('failed', '') } as const;
  rig.store.addHost({ kind: 'ssh', id: 'far', name: 'FAR01', target: { host: 'far01' } });
  rig.store.setStatus('PC', failure, parseProbeFacts({ serviceState: 'stopped' }, 'win32'));
  rig.store.setStatus('far', failure, parseProbeFacts({ serviceState: 'missing' }, 'win32'));
  return rig;
}

describe('Copy Setup Command', () => {
  it('copies what helps the host of its row, and says where it is to be run', async () => {
    const { context, nodes, ui } = rigWithFailures();
    await copySetupCommand(context, nodes.host('far'));
    assert.deepEqual(ui.copied, ['Enable-WindowsOptionalFeature -Online -FeatureName Microsoft-Hyper-V -All']);
    assert.match(ui.mentioned[0] ?? '', /^Copied, to be run on FAR01: /);
  });

  it('takes the first host that a command helps when it was called on none', async () => {
    const { context, ui } = rigWithFailures();
    await copySetupCommand(context);
    assert.deepEqual(ui.mentioned, ['Copied: Start-Service -Name vmms']);
  });

  it('says so when no command helps', async () => {
    const { context, nodes, ui } = rigWithFailures();
    await copySetupCommand(context, nodes.host('WELL'));
    assert.deepEqual([ui.copied.length, ui.told.length], [0, 1]);
  });
});
