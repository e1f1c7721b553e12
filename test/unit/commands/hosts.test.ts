import assert from 'node:assert/strict';
import { moveHost, removeHost } from '../../../src/commands/hosts/manage';
import { problemsMessage } from '../../../src/commands/hosts/problemTexts';
import { parseHostsSetting } from '../../../src/hyperv/hostsSetting';
import { assertGolden } from '../../support/golden';
import { hostsRig, hv02, lab, row } from '../../support/hostsRig';

describe('Remove Host', () => {
  it('names the host, says that nothing on it changes, and takes its entry away', async () => {
    const rig = hostsRig([lab, hv02]);
    await removeHost(rig.context, row('ssh:admin@lab01'));
    assert.deepEqual(rig.hosts.list, [lab, hv02]);
    rig.ui.agrees = [true];
    await removeHost(rig.context, row('ssh:admin@lab01'));
    assert.deepEqual(rig.hosts.list, [hv02]);
    assert.equal(rig.ui.confirmations[0]?.message, 'Remove lab01 from the view?');
    assert.match(rig.ui.confirmations[0].detail, /nothing is changed/);
  });

  it('takes several at once, and never this computer', async () => {
    const rig = hostsRig([lab, hv02]);
    rig.ui.agrees = [true];
    const rows = [row('PC'), row('ssh:admin@lab01'), row('winrm:hv02')];
    await removeHost(rig.context, rows[0], rows);
    assert.deepEqual(rig.hosts.list, []);
    assert.match(rig.ui.confirmations[0]?.detail ?? '', /^lab01\nhv02\n/);
  });

  it('says from the palette when the settings name no host', async () => {
    const rig = hostsRig();
    await removeHost(rig.context);
    assert.match(rig.ui.told[0] ?? '', /Add Host…/);
  });
});

describe('Move Host Up and Down', () => {
  it('change places with the neighbour, and offer from the palette only hosts that can go there', async () => {
    const rig = hostsRig([lab, hv02]);
    await moveHost(rig.context, 1, row('ssh:admin@lab01'));
    assert.deepEqual(rig.hosts.list, [hv02, lab]);
    const other = hostsRig([lab, hv02]);
    other.ui.choices = ['hv02'];
    await moveHost(other.context, -1);
    assert.deepEqual(other.ui.picks[0]?.labels, ['hv02']);
    assert.deepEqual(other.hosts.list, [hv02, lab]);
  });

  it('do nothing at the ends', async () => {
    const rig = hostsRig([lab, hv02]);
    await moveHost(rig.context, -1, row('ssh:admin@lab01'));
    await moveHost(rig.context, 1, row('winrm:hv02'));
    assert.deepEqual(rig.hosts.list, [lab, hv02]);
  });
});

describe('What is told of wrong entries', () => {
  it('names the entry, the field and what is allowed', () => {
    const { problems } = parseHostsSetting([
      7,
      { kind: 'telnet', host: 'lab01' },
      { kind: 'ssh', host: 'a b' },
      { ...lab, user: '' },
      { ...lab, port: '22' },
      { ...lab, configFile: 'x' },
      { ...hv02, useSsl: 'yes' },
      { ...hv02, configurationName: '-' },
      { ...lab, name: '' },
      { ...lab, prot: 22 },
      lab,
      { ...lab, name: 'again' },
    ]);
    const texts = [...problems, { kind: 'notAList' } as const].map((problem) => problemsMessage([problem]));
    assertGolden('unit/commands/golden/hostsProblems.txt', `${texts.join('\n')}\n\n${problemsMessage(problems)}\n`);
  });
});
