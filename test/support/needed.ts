// What tools/test.mjs has found on this computer and tells the end-to-end suite in its environment.

/** @throws Error that says how the suite is run, when it was run otherwise */
export function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} is not set: run this suite by 'npm run test:e2e'.`);
  }
  return value;
}
