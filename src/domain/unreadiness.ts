// The causes for which Hyper-V on a host cannot be used; readiness.ts finds them, readinessTexts.ts names them.

/** Causes that can be told apart, each with its own way out. */
export type Unreadiness = 'notWindows' | 'noModule' | 'featureOff' | 'notInGroup' | 'needsSignIn' | 'serviceStopped';
