// Whether a request fits the method table, before it is queued or sent. Pure; called by supervisor.ts and session.ts.
import { SessionError } from './errors';
import type { MethodSpec, MethodTable, ParameterType } from './methods';

/** How a value of each kind is described to whoever sent another one. */
const expected: Readonly<Record<ParameterType, string>> = {
  string: 'a text',
  boolean: 'true or false',
  integer: 'a whole number',
  guid: 'a GUID, without braces',
  stringList: 'a list of texts',
};

/** The one notation for a GUID; PowerShell would also read braces, no hyphens, and blanks around it. */
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * @param parameters as somebody wrote them: their types are what is checked
 * @returns the method's entry
 * @throws SessionError `badRequest` that names the method, the parameter and what is expected of it
 */
export function checkRequest(
  methods: MethodTable,
  method: string,
  parameters: Readonly<Record<string, unknown>>,
): MethodSpec {
  const spec = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (spec === undefined) throw bad(`There is no method ${method}.`);
  for (const name of Object.keys(parameters))
    if (!Object.hasOwn(spec.parameters, name)) throw bad(`${method} has no parameter ${name}.`);
  for (const [name, { type, optional }] of Object.entries(spec.parameters)) {
    if (Object.hasOwn(parameters, name)) {
      if (!fits(parameters[name], type)) throw bad(`${method}: ${name} must be ${expected[type]}.`);
    } else if (optional !== true) throw bad(`${method}: ${name} is missing; it must be ${expected[type]}.`);
  }
  return spec;
}

function fits(value: unknown, type: ParameterType): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'guid':
      return typeof value === 'string' && guid.test(value);
    case 'stringList':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
  }
}

function bad(message: string): SessionError {
  return new SessionError('badRequest', message);
}
