// The PowerShell functions of a Hyper-V host as one text, in the order in which they build on each other.
import checkpointFiles from './host/checkpointFiles.ps1';
import checkpoints from './host/checkpoints.ps1';
import cim from './host/cim.ps1';
import difference from './host/difference.ps1';
import errors from './host/errors.ps1';
import guest from './host/guest.ps1';
import files from './host/files.ps1';
import health from './host/health.ps1';
import inventory from './host/inventory.ps1';
import job from './host/job.ps1';
import kvp from './host/kvp.ps1';
import power from './host/power.ps1';
import readiness from './host/readiness.ps1';
import services from './host/services.ps1';
import shutdown from './host/shutdown.ps1';
import time from './host/time.ps1';
import thumbnail from './host/thumbnail.ps1';
import watch from './host/watch.ps1';

/** Constant; defines the functions named in api.ts. */
export const hostFunctions = [
  errors,
  cim,
  job,
  difference,
  inventory,
  power,
  shutdown,
  services,
  readiness,
  kvp,
  health,
  checkpointFiles,
  checkpoints,
  guest,
  time,
  thumbnail,
  files,
  watch,
].join('\n');
