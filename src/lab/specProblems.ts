// What is wrong with a description, in words: the field first, then what it may be.
import * as l10n from '@vscode/l10n';
import type * as z from 'zod/mini';

/** `hosts[0].vms[2].state: must be one of "running", "off", ...`; the first problem only. */
export function problemOf(schema: z.core.$ZodType, { issues: [issue] }: z.core.$ZodError): string {
  if (!issue) return l10n.t('not understood');
  const problem = expectation(schema, issue);
  return issue.path.length === 0 ? problem : `${fieldPath(issue.path)}: ${problem}`;
}

export function fieldPath(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '');
}

function expectation(schema: z.core.$ZodType, issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return l10n.t('must be of type {0}', issue.expected);
    case 'invalid_value':
      return l10n.t('must be one of {0}', issue.values.map((value) => JSON.stringify(value)).join(', '));
    case 'unrecognized_keys':
      return l10n.t(
        'there is no field named {0}; known are {1}',
        issue.keys.join(', '),
        fieldsAt(schema, issue.path).join(', '),
      );
    case 'too_small':
      return tooSmall(String(issue.minimum), issue.origin, issue.inclusive !== false);
    case 'too_big':
      return tooBig(String(issue.maximum), issue.origin);
    case 'invalid_key':
    case 'invalid_format':
    case 'invalid_union':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return issue.message;
  }
}

function tooSmall(minimum: string, origin: string, inclusive: boolean): string {
  if (origin === 'array') return l10n.t('must have at least {0} items', minimum);
  if (origin === 'string') return l10n.t('must have at least {0} characters', minimum);
  return inclusive ? l10n.t('must be at least {0}', minimum) : l10n.t('must be more than {0}', minimum);
}

function tooBig(maximum: string, origin: string): string {
  if (origin === 'array') return l10n.t('must have at most {0} items', maximum);
  if (origin === 'string') return l10n.t('must have at most {0} characters', maximum);
  return l10n.t('must be at most {0}', maximum);
}

/** Names of the fields of the object at a path of a schema. */
function fieldsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let { def } = (schema as z.core.$ZodTypes)._zod;
  const rest = [...path];
  for (;;) {
    if (def.type === 'optional') ({ def } = (def.innerType as z.core.$ZodTypes)._zod);
    else if (def.type === 'array' && rest.shift() !== undefined) ({ def } = (def.element as z.core.$ZodTypes)._zod);
    else if (def.type === 'object') {
      const next = rest.shift();
      const field = next === undefined ? undefined : def.shape[String(next)];
      if (field === undefined) return Object.keys(def.shape);
      ({ def } = (field as z.core.$ZodTypes)._zod);
    } else if (def.type === 'record') ({ def } = (def.keyType as z.core.$ZodTypes)._zod);
    else return def.type === 'enum' ? Object.keys(def.entries) : [];
  }
}
