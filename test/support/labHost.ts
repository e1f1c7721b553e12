// A client of a simulated host, over a real session on the engine. One for each suite of tests.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { HyperVError } from '../../src/domain/errors';
import type { HyperVErrorReason } from '../../src/domain/errors';
import { parseVmId } from '../../src/domain/vm';
import type { VmId, VmRecord } from '../../src/domain/vm';
import type { HostClient } from '../../src/hyperv/hostClient';
import { openHost } from '../../src/hyperv/hostSession';
import { ListLog } from './listLog';
import { enginePath } from './sessionHarness';

export interface LabHost {
  readonly client: HostClient;
  readonly log: ListLog;
}

/** @param spec as people write it for `--lab` */
export async function openLab(spec: unknown, index = 0): Promise<LabHost> {
  const log = new ListLog();
  const client = await openHost(
    { kind: 'lab', id: 'lab', name: 'lab', spec, index },
    { powershell: enginePath(), cwd: tmpdir(), log },
  );
  return { client, log };
}

/**
 * The lab of a suite, to be called once in a describe block: opened before its tests, set back after each of them, and
 * ended after the last.
 */
export function labForSuite(spec: unknown): LabHost {
  let opened: LabHost | undefined;
  const lab = (): LabHost => opened ?? assert.fail('the lab is there from the first test on');
  before(async () => {
    opened = await openLab(spec);
  });
  afterEach(() => lab().client.call('lab.reset', {}));
  after(() => opened?.client.stop());
  return {
    get client() {
      return lab().client;
    },
    get log() {
      return lab().log;
    },
  };
}

/** The id of a lab VM whose GUID ends in this number. */
export function labVmId(number: number): VmId {
  const id = parseVmId(labGuid(number));
  assert.ok(id);
  return id;
}

export function labGuid(number: number): string {
  return `a0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The error with which a request was answered. */
export async function refused(work: Promise<unknown>, reason: HyperVErrorReason): Promise<HyperVError> {
  const error: unknown = await work.then(
    (value) => assert.fail(`expected ${reason}, got an answer: ${JSON.stringify(value).slice(0, 500)}`),
    (cause: unknown) => cause,
  );
  if (!HyperVError.is(error)) throw error;
  assert.equal(error.reason, reason, `${error.reason}: ${error.message}`);
  return error;
}

/** Moves the lab's clock and reads the VM, until the condition holds. */
export async function advanceUntil(
  client: HostClient,
  id: VmId,
  condition: (vm: VmRecord) => boolean,
  stepMs = 1_000,
): Promise<VmRecord> {
  for (let step = 0; step < 200; step++) {
    const vm = await client.readVm(id);
    if (condition(vm)) return vm;
    await client.call('lab.advance', { ms: stepMs });
  }
  return assert.fail('the VM never got there');
}
