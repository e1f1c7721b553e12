// What a change leaves to be looked at: which failures leave the state of a VM in doubt, and why a VM is followed. Pure;
// used by HostService.
import { HyperVError } from '../domain/errors';
import type { ChangeMethod } from './api';
import type { FollowReason } from './follower';

/**
 * Why a VM is followed after a change although it looks settled: a guest acts on a request minutes later, and a service's
 * guest half answers within seconds.
 */
const afterChange: Partial<Record<ChangeMethod, FollowReason>> = {
  'vm.shutDown': { asked: 'shutDown' },
  'vm.restartGuest': { asked: 'restart' },
  'service.set': { atLeastMs: 6_000 },
};

/** @param failure of the change, if it failed */
export function reasonToFollow(method: ChangeMethod, failure?: HyperVError): FollowReason | undefined {
  return failure === undefined || mayComeYet(failure) ? afterChange[method] : undefined;
}

/** Failures after which the VM may still do what was asked for. */
function mayComeYet(error: HyperVError): boolean {
  return error.outcome === 'unknown' || HyperVError.is(error, 'shutdownInProgress');
}

/** Failures after which the host may be in another state than the store says. */
export function isWorthRereading(error: HyperVError): boolean {
  return (
    error.outcome === 'unknown' ||
    HyperVError.is(
      error,
      'invalidState',
      'shutdownInProgress',
      'timeout',
      'vmNotFound',
      'failed',
      'serviceNotFound',
      'serviceDisabled',
    )
  );
}
