// The console in the tooltip of a VM.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { tooltipSize } from '../../../src/domain/screen/thumbnail';
import { vmTooltip } from '../../../src/views/presentationVm';
import { tooltipWithScreen } from '../../../src/views/vmScreen';
import { makeVm } from '../../support/vms';

const facts = '**vm**  \nHost: HV';
const names = { hostName: 'HV', vmName: 'vm' };

describe('The tooltip of a VM', () => {
  it('has the picture above the facts', () => {
    const thumbnail = { width: 320, height: 180, png: 'iVBORw0KGgo=' };
    assert.equal(
      tooltipWithScreen(facts, { kind: 'shown', thumbnail }, names),
      `![The screen of the guest](data:image/png;base64,iVBORw0KGgo=|width=320,height=180)\n\n${facts}`,
    );
  });

  it('says below them why there is none', () => {
    assert.equal(tooltipWithScreen(facts, { kind: 'none' }, names), facts);
    assert.match(
      tooltipWithScreen(facts, { kind: 'late' }, names),
      / {2}\nScreen: not there yet\\: point at the row again$/,
    );
    const error = new HyperVError('notSupported', 'x');
    assert.match(tooltipWithScreen(facts, { kind: 'failed', error }, names), / {2}\nScreen: .*HV/);
  });

  it('is never so long that VS Code cuts it', () => {
    const notes = '*'.repeat(2_000);
    const guest = { ...makeVm().guest, addresses: Array<string>(20).fill('fe80::1234:5678:9abc:def0') };
    const longest = vmTooltip(makeVm({ name: '*'.repeat(100), notes, guest }), '*'.repeat(63));
    const thumbnail = { width: 320, height: 240, png: 'A'.repeat(tooltipSize.maxChars) };
    assert.ok(tooltipWithScreen(longest, { kind: 'shown', thumbnail }, names).length < 100_000);
  });
});
