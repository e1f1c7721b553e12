/** Makes the compiler prove that every case of a union was handled; throws if a value lied about its type. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
