import assert from 'node:assert/strict';
import type { HyperVErrorReason } from '../../../src/domain/errors';
import { isJobFailure, toHyperVError } from '../../../src/hyperv/errorMapping';
import { SessionError } from '../../../src/powershell/errors';
import type { RemoteErrorFacts, SessionErrorKind } from '../../../src/powershell/errors';

const commands = 'Microsoft.HyperV.PowerShell.Commands';

function remote(facts: Partial<RemoteErrorFacts>): SessionError {
  const nothing: RemoteErrorFacts = {
    message: 'Ein Text des Hosts.',
    fqid: '',
    category: 'NotSpecified',
    hresult: 0x80131501,
    target: undefined,
    detail: {},
  };
  return new SessionError('remote', facts.message ?? nothing.message, { remote: { ...nothing, ...facts } });
}

function reasonOf(facts: Partial<RemoteErrorFacts>): HyperVErrorReason {
  return toHyperVError(remote(facts), true).reason;
}

describe('errors of PowerShell as ours', () => {
  // Ids, categories and numbers as people quoted them from English and German hosts.
  const recorded: readonly [string, Partial<RemoteErrorFacts>, HyperVErrorReason][] = [
    ['not elevated and not in the group', { fqid: `Unspecified,${commands}.GetVM` }, 'accessDenied'],
    [
      'access denied by a cmdlet',
      { fqid: `AccessDenied,${commands}.SetVMDvdDrive`, category: 'PermissionDenied' },
      'accessDenied',
    ],
    [
      'access denied by CIM',
      {
        fqid: 'HRESULT 0x80041003,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand',
        category: 'PermissionDenied',
      },
      'accessDenied',
    ],
    [
      'service stopped or rights missing',
      { fqid: `ObjectNotFound,${commands}.GetVM`, category: 'ObjectNotFound' },
      'notAvailable',
    ],
    [
      'a VM that does not exist',
      { fqid: `InvalidParameter,${commands}.GetVM`, category: 'InvalidArgument', target: 'N1' },
      'vmNotFound',
    ],
    [
      'no module',
      { fqid: 'CommandNotFoundException', category: 'ObjectNotFound', target: 'Hyper-V\\Get-VM' },
      'moduleMissing',
    ],
    ['a module that does not load', { fqid: 'CouldNotAutoLoadModule', category: 'ObjectNotFound' }, 'moduleMissing'],
    [
      'no namespace',
      {
        fqid: 'HRESULT 0x8004100e,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand',
        category: 'MetadataError',
      },
      'moduleMissing',
    ],
    [
      'a namespace that outlived the role',
      { fqid: 'HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand' },
      'moduleMissing',
    ],
    [
      'a locked guest',
      { fqid: `Unspecified,${commands}.StopVMCommand`, target: 'ShutdownTask', hresult: 0x800704f7 },
      'guestLocked',
    ],
    [
      'a guest that has no service',
      { message: 'Fehler. (0x800710DF)', fqid: `OperationFailed,${commands}.StopVM` },
      'guestNotReady',
    ],
    ['no memory', { message: 'Unable to allocate 16384 MB of RAM: … (0x800705AA).' }, 'outOfMemory'],
    [
      'a value that cannot be bound',
      { fqid: 'ParameterArgumentValidationError,Set-HvIntegrationService', category: 'InvalidData' },
      'badRequest',
    ],
    ['anything else', { fqid: 'SomethingNew,Get-Thing', target: 'x' }, 'failed'],
  ];
  for (const [situation, facts, reason] of recorded) {
    it(`${situation} is ${reason}`, () => {
      assert.equal(reasonOf(facts), reason);
    });
  }

  it('our own functions name their reason in the id', () => {
    assert.equal(reasonOf({ fqid: 'Hv.vmNotFound' }), 'vmNotFound');
    assert.equal(reasonOf({ fqid: 'Hv.serviceStopped' }), 'serviceStopped');
    assert.equal(reasonOf({ fqid: 'Hv.somethingElse' }), 'failed');
    assert.equal(reasonOf({ fqid: 'Hv.constructor' }), 'failed');
  });

  it('return values and job results become reasons, and stay readable for the log', () => {
    const refused = toHyperVError(
      remote({ fqid: 'Hv.returnCode', detail: { method: 'InitiateShutdown', returnValue: 32781, guestStatus: 2 } }),
      true,
    );
    assert.equal(refused.reason, 'guestLocked');
    assert.equal(refused.detail.method, 'InitiateShutdown');
    assert.equal(refused.detail.returnValue, 32781);
    const job = toHyperVError(
      remote({
        fqid: 'Hv.job',
        detail: { jobErrorCode: 32768, hostMessage: 'Fehler (0x80070020).' },
      }),
      true,
    );
    assert.equal(job.reason, 'inUse');
    assert.equal(job.detail.jobErrorCode, 32768);
    assert.equal(job.detail.hostMessage, 'Fehler (0x80070020).');
    assert.deepEqual([isJobFailure(job), isJobFailure(refused), isJobFailure(new Error('x'))], [true, false, false]);
  });

  it('a service that is disabled on the host explains a refusal, whichever function noticed', () => {
    const detail = { returnValue: 32768, guestStatus: 2, serviceState: 3 };
    assert.equal(reasonOf({ fqid: 'Hv.returnCode', detail }), 'serviceDisabled');
    assert.equal(reasonOf({ fqid: 'Hv.returnCode', detail: { ...detail, serviceState: 2 } }), 'failed');
    assert.equal(reasonOf({ fqid: 'Hv.serviceDisabled' }), 'serviceDisabled');
  });

  it('a detail of wrong types does no harm', () => {
    assert.equal(reasonOf({ fqid: 'Hv.returnCode', detail: { returnValue: 'x', guestStatus: {} } }), 'failed');
    assert.equal(reasonOf({ fqid: 'Hv.job', detail: { jobErrorCode: [], hostMessage: 7 } }), 'failed');
  });
});

describe('errors of a session as ours', () => {
  const kinds: Readonly<Record<Exclude<SessionErrorKind, 'remote'>, HyperVErrorReason>> = {
    powershellMissing: 'powershellMissing',
    spawn: 'powershellMissing',
    probe: 'sessionFailed',
    languageMode: 'languageMode',
    bootstrap: 'sessionFailed',
    gaveUp: 'sessionFailed',
    badRequest: 'badRequest',
    busy: 'busy',
    cancelled: 'cancelled',
    timeout: 'timeout',
    lost: 'sessionLost',
    protocol: 'protocol',
    closed: 'cancelled',
  };
  it('every kind has its reason', () => {
    for (const [kind, reason] of Object.entries(kinds)) {
      assert.equal(toHyperVError(new SessionError(kind as SessionErrorKind, 'x'), true).reason, reason);
    }
  });

  it('giving up says why when the last failure knew', () => {
    const cause = new SessionError('powershellMissing', 'x');
    assert.equal(toHyperVError(new SessionError('gaveUp', 'x', { cause }), false).reason, 'powershellMissing');
  });

  it('a lost change has an unknown outcome, a lost read changed nothing', () => {
    const lost = new SessionError('lost', 'x', { outcome: 'unknown' });
    assert.equal(toHyperVError(lost, true).outcome, 'unknown');
    assert.equal(toHyperVError(lost, false).outcome, 'none');
  });

  it('a change that could not be read back has an unknown outcome', () => {
    assert.equal(toHyperVError(remote({ fqid: 'Hv.failed', detail: { outcome: 'unknown' } }), true).outcome, 'unknown');
  });

  it('what is no error of a session is one of ours all the same', () => {
    const bug = new TypeError('bug');
    const error = toHyperVError(bug, true);
    assert.equal(error.reason, 'sessionFailed');
    assert.equal(error.cause, bug);
  });
});
