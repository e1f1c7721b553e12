// Whatever rows a host has one after the other: what travels, put together with what the client holds, is what the host
// has. The functions of difference.ps1 on the engine, and the client's half, without a host.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { VmRecord } from '../../src/domain/vm';
import { InventoryBuilder } from '../../src/hyperv/heldInventory';
import type { HeldInventory } from '../../src/hyperv/heldInventory';
import functions from '../../src/hyperv/host/difference.ps1';
import differences from '../support/differences.ps1';
import { runScript } from '../support/engineScript';

type Row = readonly unknown[];

interface Step {
  readonly knows: 'nothing' | 'last' | 'another';
  /** The class in the middle of which the inventory was stopped; '' when it was not. */
  readonly stopsAfter: string;
  readonly classes: readonly { readonly group: string; readonly keyAt: number; readonly rows: readonly Row[] }[];
}

interface Answer {
  readonly answer: { readonly token: string | null; readonly rows: number };
  readonly sent: readonly Row[];
}

async function answersTo(steps: readonly Step[]): Promise<readonly Answer[]> {
  return (await runScript(differences, { HV_SCRIPT: functions, HV_STEPS: JSON.stringify(steps) })) as Answer[];
}

const now = (): number => 0;

async function build(
  rows: readonly Row[],
  held?: HeldInventory,
): Promise<Omit<HeldInventory, 'token'> & { received: number }> {
  const builder = new InventoryBuilder({ held, now });
  builder.add(rows);
  return { ...(await builder.finish()), received: builder.received };
}

const byId = (vms: readonly VmRecord[]): readonly VmRecord[] => [...vms].sort((a, b) => (a.id < b.id ? -1 : 1));
/** How long a VM has been up depends on when the engine ran. */
const still = (vms: readonly VmRecord[]): readonly VmRecord[] => byId(vms).map((vm) => ({ ...vm, uptimeMs: null }));

const guid = (number: number): string => `AAAAAAAA-0000-4000-8000-00000000000${number}`;
/** Few, so that VMs come, go, come back, and are there twice. */
const id = fc.constantFrom(guid(1), guid(2), guid(3), guid(4), guid(3).toLowerCase());
const text = fc.constantFrom(
  '',
  'a',
  'A',
  'a b',
  'a\nb',
  '\u00e9',
  'e\u0301',
  'a\u00ad',
  '\u{1F47E}',
  '"],["gone","vm"',
  '\\',
  '$x',
  "'",
);
const texts = fc.array(text, { maxLength: 3 });
const code = fc.constantFrom(2, 3, 9);
const rowsOf = (row: fc.Arbitrary<Row>): fc.Arbitrary<Row[]> => fc.array(row, { maxLength: 5 });
const owner = id.map((vm) => `Microsoft:${vm}`);
const instance = owner.map((vm) => `${vm}\\84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47`);
const problem: fc.Arbitrary<Row> = fc.constant(['problem', 'Msvm_VssComponent', 'broken']);
const component: fc.Arbitrary<Row> = fc.oneof(
  fc.tuple(fc.constant('component'), fc.constant('keyValuePairExchange'), id, fc.array(code, { maxLength: 2 }), texts),
  fc.tuple(fc.constant('kvp'), id, texts),
  problem,
);

/** Half of the classes have what they had. */
const orNothing = (rows: fc.Arbitrary<Row[]>): fc.Arbitrary<Row[] | null> => fc.oneof(fc.constant(null), rows);

const changes = fc.record({
  vm: orNothing(rowsOf(fc.tuple(fc.constant('vm'), id, text, code, fc.constantFrom(0, 5_000, 86_400_000)))),
  settings: orNothing(rowsOf(fc.tuple(fc.constant('settings'), owner, text, code, texts))),
  summary: orNothing(rowsOf(fc.tuple(fc.constant('summary'), id, code, code, fc.option(text)))),
  setting: orNothing(
    rowsOf(fc.oneof(fc.tuple(fc.constant('setting'), fc.constant('heartbeat'), instance, code), problem)),
  ),
  component: orNothing(rowsOf(component)),
});

const change = fc.record({
  knows: fc.constantFrom<Step['knows'][]>('last', 'last', 'last', 'nothing', 'another'),
  stopsAfter: fc.constantFrom('', '', '', '', 'vm', 'setting heartbeat'),
  rows: changes,
});

/** One inventory after the other, each with what the last one had where nothing has changed. */
function stepsOf(
  list: readonly { knows: Step['knows']; stopsAfter: string; rows: Record<string, readonly Row[] | null> }[],
): Step[] {
  let last: Record<string, readonly Row[]> = { vm: [], settings: [], summary: [], setting: [], component: [] };
  return list.map(({ knows, stopsAfter, rows }) => {
    last = Object.fromEntries(Object.entries(last).map(([name, before]) => [name, rows[name] ?? before]));
    const groups: Record<string, string> = {
      setting: 'setting heartbeat',
      component: 'component keyValuePairExchange',
    };
    const classes = Object.entries(last).map(([name, all]) => ({
      group: groups[name] ?? name,
      keyAt: name in groups ? 2 : 1,
      rows: all,
    }));
    return { knows, stopsAfter, classes };
  });
}

describe('differences between inventories', function () {
  this.timeout(120_000);

  it('make of what a client holds what the host has, whatever it had before', async () => {
    // One run of the engine for all of them.
    const steps = stepsOf(fc.sample(change, { numRuns: 400, seed: 7 }));
    const answers = await answersTo(steps);
    assert.equal(answers.length, steps.length);
    let held: HeldInventory | undefined;
    let saved = 0;
    for (const [index, { knows, stopsAfter, classes: all }] of steps.entries()) {
      const { answer, sent } = answers[index] ?? assert.fail();
      const built = await build(sent, knows === 'last' ? held : undefined);
      assert.equal(answer.rows, built.received);
      if (stopsAfter !== '') continue;
      const whole = all.flatMap(({ rows }) => rows);
      const expected = await build(whole);
      assert.deepEqual(still(built.vms), still(expected.vms), `step ${index}`);
      assert.ok(answer.token);
      if (knows === 'last' && sent.length < whole.length) saved++;
      held = { token: answer.token, ...built };
    }
    assert.ok(saved > 30, `${saved} answers were shorter than the whole`);
  });

  it('are none when nothing has changed, though running VMs grow older', async () => {
    const rows: Row[] = [
      ['vm', guid(1), 'running', 2, 5_000],
      ['vm', guid(2), 'paused', 9, 5_000],
    ];
    const older: Row[] = [['vm', guid(1), 'running', 2, 5_500], rows[1] ?? []];
    const restarted: Row[] = [['vm', guid(1), 'running', 2, 500_000], rows[1] ?? []];
    const inventory = (vm: readonly Row[]): Step => ({
      knows: 'last',
      stopsAfter: '',
      classes: [{ group: 'vm', keyAt: 1, rows: vm }],
    });
    const [first, second, third] = await answersTo([inventory(rows), inventory(older), inventory(restarted)]);
    assert.deepEqual(first?.sent, [['base', ''], ...rows]);
    assert.deepEqual(second?.sent, [['base', first.answer.token]]);
    assert.deepEqual(third?.sent, [['base', second.answer.token], restarted[0]]);
  });

  it('bring a row anew that may not fit a frame, and take back what the client had of it', async () => {
    const inventory = (notes: string): Step => ({
      knows: 'last',
      stopsAfter: '',
      classes: [{ group: 'settings', keyAt: 1, rows: [['settings', `Microsoft:${guid(1)}`, '12.0', 2, [notes]]] }],
    });
    const long = 'x'.repeat(200_001);
    const tags = (await answersTo([inventory('short'), inventory(long), inventory(long), inventory('short')])).map(
      ({ sent }) => sent.map(([tag]) => tag),
    );
    assert.deepEqual(tags, [
      ['base', 'settings'],
      ['base', 'gone', 'settings'],
      ['base', 'gone', 'settings'],
      ['base', 'settings'],
    ]);
  });
});
