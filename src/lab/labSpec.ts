// The description of a lab, as people write it in JSON: hosts, VMs, seed, locale, latency, time scale, faults.
import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { integrationServiceKeys } from '../domain/integrationServices';
import { faultTargets } from './faultTargets';
import { diskKinds, guestKinds, shutdownAnswers } from './profiles';

/** One message to PowerShell holds a host's description: 10,000 generated VMs are 0.7 MB of the 1 MiB it may have. */
export const maximumVms = 10_000;

/** Names of hosts become ids and titles; names of VMs may be anything a real host allows. */
const hostName = z
  .string()
  .check(
    z.regex(/^[\w.-]{1,63}$/, { error: () => l10n.t('must be 1 to 63 letters, digits, dots, hyphens or underscores') }),
  );
const milliseconds = z.number().check(z.gte(0), z.lte(86_400_000));
const count = z.int().check(z.gte(0), z.lte(maximumVms));
const guid = z.string().check(
  z.regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, {
    error: () => l10n.t('must be a GUID without braces'),
  }),
);
const locale = z.enum(['en-US', 'de-DE']);

/** Texts travel to PowerShell as JSON, which cannot carry half of a surrogate pair. */
const text = z
  .string()
  .check(z.refine((value) => !/\p{Surrogate}/u.test(value), { error: () => l10n.t('must be well-formed Unicode') }));
const switches = z.partialRecord(z.enum(integrationServiceKeys as [string, ...string[]]), z.boolean());

/** Pairs travel as XML, which cannot carry control characters either; sizes in bytes are those of UTF-8. */
function pairText(least: number, characters: number, bytes: number): z.ZodMiniType<string> {
  return text.check(
    z.minLength(least),
    z.maxLength(characters),
    z.refine((value) => Buffer.byteLength(value) <= bytes, {
      error: () => l10n.t('must have at most {0} bytes', String(bytes)),
    }),
    z.refine((value) => !/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/u.test(value), {
      error: () => l10n.t('must have no control characters'),
    }),
  );
}
const pairName = pairText(1, 255, 511);
const pairData = pairText(0, 1_023, 2_047);
const pairs = z.array(z.strictObject({ name: pairName, data: pairData })).check(z.maxLength(1_024));

/** Data exchange of a VM with its host. */
const exchange = z.strictObject({
  /** Written by the host, for the guest. A guest's own list may hold a name twice, as files of Linux guests do. */
  external: z.optional(pairs),
  guest: z.optional(pairs),
  hostOnly: z.optional(
    z.array(z.strictObject({ name: pairText(1, 512, 512), data: pairText(0, 16_384, 16_384) })).check(z.maxLength(128)),
  ),
  /** Bytes (UTF-8) of the longest value that the guest takes: 511 with an old daemon. */
  valueLimit: z.optional(z.int().check(z.gte(1), z.lte(2_047))),
  /** What a program in the guest, or a second administrator, does while the lab's clock runs. `{n}` in data is the round. */
  later: z.optional(
    z
      .array(
        z.strictObject({
          afterMs: z.int().check(z.gte(1), z.lte(86_400_000)),
          everyMs: z.optional(z.int().check(z.gte(100), z.lte(86_400_000))),
          pool: z.enum(['external', 'guest', 'hostOnly']),
          name: pairName,
          data: z.optional(pairData),
          remove: z.optional(z.boolean()),
        }),
      )
      .check(z.maxLength(100)),
  ),
});

/** Languages of w32tm which the lab knows. */
const clockLocales = ['en-US', 'de-DE', 'fr-FR', 'ja-JP'] as const;
const followed = ['host', 'domain', 'server', 'itself', 'stopped'] as const;

/** Whom a clock follows, and how far it is from the host's. */
const clock = z.strictObject({
  /** `itself`: nobody. `stopped`: the time service of Windows does not run. */
  follows: z.optional(z.enum(followed)),
  /** Name of the time server or domain controller. */
  server: z.optional(text.check(z.minLength(1), z.maxLength(253))),
  /** Linux with chrony on the host's clock: servers beside it. */
  servers: z.optional(z.boolean()),
  /** Linux. */
  daemons: z.optional(z.array(z.enum(['chronyd', 'systemd-timesyncd', 'ntpd'])).check(z.maxLength(3))),
  /** Linux: whether /dev/ptp_hyperv is there. */
  stableName: z.optional(z.boolean()),
  /** Windows: `DomainRole`, 0 to 5. */
  role: z.optional(z.int().check(z.gte(0), z.lte(5))),
  /** Windows: whether it takes the host's samples at all. */
  provider: z.optional(z.boolean()),
  build: z.optional(z.int().check(z.gte(1), z.lte(1_000_000))),
  /** Windows: the language in which its tools speak. */
  locale: z.optional(z.enum(clockLocales)),
  offsetMs: z.optional(z.int().check(z.gte(-86_400_000), z.lte(86_400_000))),
  /** Lets nobody in. */
  refuses: z.optional(z.boolean()),
  /** Of a host. */
  sleptMinutesAgo: z.optional(z.int().check(z.gte(0), z.lte(1_000_000))),
});

const guestPath = text.check(
  z.maxLength(259),
  z.refine((value) => /^(\/|[a-zA-Z]:\\)/.test(value), { error: () => l10n.t('must be a whole path in the guest') }),
);

/** The guest as a place for files that the host copies into it. */
const files = z.strictObject({
  /** Files that it has already. */
  there: z.optional(z.array(guestPath).check(z.maxLength(100))),
  /** Folders in which nobody can write. */
  readOnly: z.optional(z.array(guestPath).check(z.maxLength(100))),
  freeMB: z.optional(z.number().check(z.gte(0), z.lte(1_000_000))),
  /** How long a copy takes. */
  msPerMB: z.optional(milliseconds),
  /** After so much of each file the guest loses contact. */
  breaksAtPercent: z.optional(z.int().check(z.gte(1), z.lte(99))),
});

const vm = z.strictObject({
  name: text.check(z.minLength(1), z.maxLength(100)),
  /** Without one, the seed makes it. */
  id: z.optional(guid),
  /** Why this VM is in the lab, in one sentence; shown nowhere, read by people. */
  story: z.optional(text),
  state: z.optional(z.enum(['running', 'off', 'saved', 'paused'])),
  guest: z.optional(z.enum(guestKinds)),
  processors: z.optional(z.int().check(z.gte(1), z.lte(240))),
  memoryMB: z.optional(z.int().check(z.gte(32), z.lte(12_582_912))),
  uptimeSeconds: z.optional(z.int().check(z.gte(0), z.lte(315_360_000))),
  /** What the host has switched on or off, where it differs from the guest's default. */
  services: z.optional(switches),
  shutdown: z.optional(z.enum(shutdownAnswers)),
  shutdownMs: z.optional(milliseconds),
  startMs: z.optional(milliseconds),
  /** `ErrorCode` of the job that starts it, e.g. 32778 "out of memory". */
  startError: z.optional(z.int().check(z.gte(0), z.lte(65_535))),
  notes: z.optional(text.check(z.maxLength(2_000))),
  addresses: z.optional(text),
  fullyQualifiedDomainName: z.optional(text),
  checkpoints: z.optional(z.int().check(z.gte(0), z.lte(50))),
  checkpointDays: z.optional(z.int().check(z.gte(1), z.lte(3_650))),
  /** In place of `checkpoints`: names with what is known of each. `after` is the number of an earlier one, from 1. */
  checkpointTree: z.optional(
    z
      .array(
        z.strictObject({
          name: text.check(z.maxLength(100)),
          after: z.optional(z.int().check(z.gte(1), z.lte(50))),
          memory: z.optional(z.boolean()),
          automatic: z.optional(z.boolean()),
          hoursAgo: z.optional(z.number().check(z.gte(0), z.lte(87_600))),
        }),
      )
      .check(z.minLength(1), z.maxLength(50)),
  ),
  /** From which of the tree the VM goes on, from 1; the last one without it. */
  currentCheckpoint: z.optional(z.int().check(z.gte(1), z.lte(50))),
  /** When the lab begins, disks are still merged for so long. */
  mergingMs: z.optional(milliseconds),
  /** `ErrorCode` of the job that deletes a checkpoint of this VM. */
  deleteError: z.optional(z.int().check(z.gte(0), z.lte(65_535))),
  backupCheckpoints: z.optional(z.int().check(z.gte(0), z.lte(50))),
  /** `UserSnapshotType`: 2 disabled, 3 production, 4 production only, 5 standard. */
  checkpointType: z.optional(z.int().check(z.gte(2), z.lte(5))),
  disks: z.optional(z.array(z.enum(diskKinds)).check(z.maxLength(64))),
  /** The numbers which Msvm_ComputerSystem and Msvm_ReplicationRelationship report. */
  replication: z.optional(
    z.strictObject({
      mode: z.int().check(z.gte(0), z.lte(4)),
      state: z.int().check(z.gte(0), z.lte(21)),
      health: z.int().check(z.gte(0), z.lte(3)),
    }),
  ),
  /** What the host returns in place of a picture of the console, e.g. 32770 "not supported". */
  screenError: z.optional(z.int().check(z.gte(0), z.lte(65_535))),
  /** Real milliseconds that the host takes for that picture. */
  screenMs: z.optional(milliseconds),
  exchange: z.optional(exchange),
  clock: z.optional(clock),
  files: z.optional(files),
});

const host = z.strictObject({
  name: hostName,
  locale: z.optional(locale),
  clock: z.optional(clock),
  vms: z.optional(z.array(vm).check(z.maxLength(maximumVms))),
  vmsPerHost: z.optional(count),
});

const fault = z.strictObject({
  kind: z.enum([
    'hang',
    'accessDenied',
    'serviceStopped',
    'errorOnce',
    'zeroRows',
    'malformedItem',
    'indicationsEnd',
    'indicationsSilent',
  ]),
  /** A class, method or cmdlet; without it the fault concerns everything. */
  on: z.optional(z.enum(faultTargets)),
  host: z.optional(z.string()),
  /** Name or GUID of a VM. */
  vm: z.optional(z.string()),
  /** Return code of a method, error code of a job, or HRESULT of an error. */
  code: z.optional(z.int().check(z.gte(0), z.lte(0xffff_ffff))),
});

/** Real milliseconds that the host takes, the lab's own work for a query or a cmdlet counted in. */
const latency = z.strictObject({
  perQueryMs: z.optional(milliseconds),
  perRowMs: z.optional(milliseconds),
  /** Of cmdlets of the module Hyper-V, where they differ from queries: a call, and each VM that Get-VM returns. */
  perCmdletMs: z.optional(milliseconds),
  perVmMs: z.optional(milliseconds),
  /** What the first of these cmdlets in a process takes beside: the module is loaded. */
  moduleLoadMs: z.optional(milliseconds),
});

export const labSchema = z.strictObject({
  hosts: z.optional(z.array(host).check(z.minLength(1), z.maxLength(64))),
  vmsPerHost: z.optional(count),
  seed: z.optional(z.int().check(z.gte(0), z.lte(0xffff_ffff))),
  locale: z.optional(locale),
  latency: z.optional(latency),
  timeScale: z.optional(z.number().check(z.gt(0), z.lte(10_000))),
  faults: z.optional(z.array(fault).check(z.maxLength(200))),
});

export type LabClock = z.infer<typeof clock>;
export type LabFollows = (typeof followed)[number];
export type LabClockLocale = (typeof clockLocales)[number];
export type LabVm = z.infer<typeof vm>;
export type LabHostSpec = z.infer<typeof host>;
export type LabFault = z.infer<typeof fault>;
export type LabExchange = z.infer<typeof exchange>;
export type LabJson = z.infer<typeof labSchema>;
/** A lab with its hosts settled: those of the spec, or one generated host, or the default ones. */
export type LabSpec = LabJson & { readonly hosts: LabHostSpec[] };
