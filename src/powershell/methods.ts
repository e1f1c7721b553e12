// What a session can be asked: the shape of a method table. The Hyper-V layer fills it (src/hyperv/api.ts).

/**
 * Which of the four runspaces runs a method, and what may be done when its session is lost: a `read` may be repeated
 * once, a `change` or a `long` one never. A `watch` changes nothing either and waits for something to happen: it is not
 * repeated, and it is no use of the session, so that it keeps none from being ended or replaced.
 */
export type MethodClass = 'read' | 'change' | 'long' | 'watch';

/** The kinds of a parameter; the PowerShell function declares the same kind, and a contract test compares them. */
export type ParameterType = 'string' | 'boolean' | 'integer' | 'guid' | 'stringList';

export interface ParameterSpec {
  readonly type: ParameterType;
  readonly optional?: true;
}

/** One callable PowerShell function. Only listed parameters are ever bound. */
export interface MethodSpec {
  /** The PowerShell function's name, e.g. `Start-HvVm`. */
  readonly function: string;
  readonly class: MethodClass;
  /** How long Node waits for the answer before it cancels the call. */
  readonly timeoutMs: number;
  /** Parameter name on the wire → kind. The PowerShell parameter has the same name with a capital first letter. */
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** Name of the parameter whose equal values make changes run in order (a VM's id). */
  readonly orderedBy?: string;
  /** What it answers with is in no log, also where that holds everything else. */
  readonly isPrivate?: true;
}

export type MethodTable = Readonly<Record<string, MethodSpec>>;

/** The value of one parameter on the wire. */
export type ParameterValue = string | number | boolean | readonly string[];
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Whether a call that was stopped or lost in the middle may have changed something. */
export function mayChange({ class: kind }: Pick<MethodSpec, 'class'>): boolean {
  return kind === 'change' || kind === 'long';
}
