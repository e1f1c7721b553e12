// The description of a lab, as people write it in JSON: hosts, VMs, seed, locale, latency, time scale, faults.
import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { HyperVError } from '../domain/errors';
import { integrationServiceKeys } from '../domain/integrationServices';
import { guestKinds, shutdownAnswers } from './profiles';
import { defaultLabHosts } from './stories';

/** One message to PowerShell holds a host's description: 10,000 generated VMs are 0.7 MB of the 1 MiB it may have. */
const maximumVms = 10_000;

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
const switches = z.partialRecord(z.enum(integrationServiceKeys as [string, ...string[]]), z.boolean());

const vm = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  /** Without one, the seed makes it. */
  id: z.optional(guid),
  /** Why this VM is in the lab, in one sentence; shown nowhere, read by people. */
  story: z.optional(z.string()),
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
  notes: z.optional(z.string().check(z.maxLength(2_000))),
  addresses: z.optional(z.string()),
  fullyQualifiedDomainName: z.optional(z.string()),
  checkpoints: z.optional(z.int().check(z.gte(0), z.lte(50))),
});

const host = z.strictObject({
  name: hostName,
  locale: z.optional(locale),
  vms: z.optional(z.array(vm).check(z.maxLength(maximumVms))),
  vmsPerHost: z.optional(count),
});

const fault = z.strictObject({
  kind: z.enum(['hang', 'accessDenied', 'serviceStopped', 'errorOnce', 'zeroRows', 'malformedItem']),
  /** A class, method or cmdlet; without it the fault concerns everything. */
  on: z.optional(z.string()),
  host: z.optional(z.string()),
  /** Name or GUID of a VM. */
  vm: z.optional(z.string()),
  /** Return code of a method, error code of a job, or HRESULT of an error. */
  code: z.optional(z.int().check(z.gte(0), z.lte(0xffff_ffff))),
});

const lab = z.strictObject({
  hosts: z.optional(z.array(host).check(z.minLength(1), z.maxLength(64))),
  vmsPerHost: z.optional(count),
  seed: z.optional(z.int().check(z.gte(0), z.lte(0xffff_ffff))),
  locale: z.optional(locale),
  latency: z.optional(z.strictObject({ perQueryMs: z.optional(milliseconds), perRowMs: z.optional(milliseconds) })),
  timeScale: z.optional(z.number().check(z.gt(0), z.lte(10_000))),
  faults: z.optional(z.array(fault).check(z.maxLength(200))),
});

export type LabVm = z.infer<typeof vm>;
export type LabHostSpec = z.infer<typeof host>;
export type LabFault = z.infer<typeof fault>;
type LabJson = z.infer<typeof lab>;
/** A lab with its hosts settled: those of the spec, or one generated host, or the default ones. */
export type LabSpec = LabJson & { readonly hosts: LabHostSpec[] };

/**
 * Reads a lab's description. `{"vmsPerHost":500}` is one host with 500 generated VMs, `{}` the default lab.
 * @throws HyperVError `badRequest`, whose text names the field
 */
export function parseLabSpec(json: unknown): LabSpec {
  const result = z.safeParse(lab, json);
  if (!result.success) throw refused(firstProblem(result.error));
  const spec = result.data;
  const hosts = spec.hosts ?? (spec.vmsPerHost === undefined ? [...defaultLabHosts] : [{ name: 'HV-LAB1' }]);
  const twice = hosts.find(({ name }, index) => hosts.findIndex((other) => other.name === name) !== index);
  if (twice) throw refused(l10n.t('hosts: two hosts are named {0}', twice.name));
  return { ...spec, hosts };
}

function refused(problem: string): HyperVError {
  return new HyperVError('badRequest', l10n.t('The description of the lab is not right. {0}', problem));
}

/** `hosts[0].vms[2].state: one of "running", "off", ...`: the field first, then what it may be. */
function firstProblem({ issues: [issue] }: z.core.$ZodError): string {
  if (!issue) return l10n.t('not understood');
  const field = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const problem = expectation(issue);
  return field === '' ? problem : `${field.replace(/^\./, '')}: ${problem}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return l10n.t('must be of type {0}', issue.expected);
    case 'invalid_value':
      return l10n.t('must be one of {0}', issue.values.map((value) => JSON.stringify(value)).join(', '));
    case 'unrecognized_keys':
      return l10n.t('there is no field named {0}', issue.keys.join(', '));
    case 'invalid_key':
      return l10n.t('must have known names only');
    case 'too_small':
      return issue.inclusive === false
        ? l10n.t('must be more than {0}', String(issue.minimum))
        : l10n.t('must be at least {0}', String(issue.minimum));
    case 'too_big':
      return l10n.t('must be at most {0}', String(issue.maximum));
    case 'invalid_format':
    case 'invalid_union':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return issue.message;
  }
}
