import assert from 'node:assert/strict';
import { copySessionDiagnostics, sessionDiagnostics } from '../../../src/commands/sessionDiagnostics';
import { makeRig } from '../../support/commandRig';
import { FakePages } from '../../support/fakePages';
import { makeVm } from '../../support/vms';

describe('Session diagnostics', () => {
  it('are about all hosts, or about the hosts of the rows they were asked of', async () => {
    const { context, nodes } = makeRig({ HV01: [makeVm()], HV02: [] });
    const reports = new FakePages();
    await sessionDiagnostics(context, reports);
    assert.equal(reports.latest, 'report on all hosts');
    await sessionDiagnostics(context, reports, nodes.host('HV02'));
    assert.equal(reports.latest, 'report on HV02');
  });

  it('are copied as they were shown last', async () => {
    const { context, ui } = makeRig({ HV01: [] });
    const reports = new FakePages();
    await copySessionDiagnostics(context, reports);
    assert.equal(ui.told.length, 1);
    await sessionDiagnostics(context, reports);
    await copySessionDiagnostics(context, reports);
    assert.deepEqual(ui.copied, ['report on all hosts']);
  });
});
