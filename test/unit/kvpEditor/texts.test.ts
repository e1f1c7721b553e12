import assert from 'node:assert/strict';
import { kvpPools } from '../../../src/domain/kvp/pools';
import { outcomeText } from '../../../src/kvpEditor/texts';
import { assertGolden } from '../../support/golden';
import { situationNames, snapshotIn, stateTarget, unsaved } from '../../support/kvpStates';

describe('what the editor of pairs says', () => {
  it('of a VM, its host and its pairs', () => {
    const blocks = situationNames.map((name) => {
      const { notice, poolNotes } = snapshotIn(name);
      const lines = [`${name}:`];
      if (notice !== null) {
        lines.push(`  ${notice.severity}: ${notice.text}`);
        if (notice.nextStep !== undefined) lines.push(`  next: ${notice.nextStep}`);
        if (notice.actions.length > 0) lines.push(`  buttons: ${notice.actions.join(', ')}`);
      }
      for (const pool of kvpPools) if (poolNotes[pool] !== null) lines.push(`  ${pool}: ${poolNotes[pool]}`);
      return lines.join('\n');
    });
    assertGolden('unit/kvpEditor/golden/situations.txt', `${blocks.join('\n\n')}\n`);
  });

  it('of a pair that was not saved', () => {
    const lines = unsaved.map((one) => {
      const head = [one.outcome, one.reason].filter((word) => word !== undefined).join(' ');
      return `${head}\n  ${outcomeText(one, stateTarget) ?? ''}`;
    });
    assertGolden('unit/kvpEditor/golden/unsaved.txt', `${lines.join('\n')}\n`);
  });

  it('always with something to do next', () => {
    const helpless = situationNames.filter((name) => {
      const { notice } = snapshotIn(name);
      return notice !== null && notice.nextStep === undefined && notice.actions.length === 0;
    });
    assert.deepEqual(helpless, []);
  });
});
