// The numbers by which the dispatcher (host/*.ps1) says why it did not answer with a result.

export const errorCodes = {
  /** The function failed; `data` holds the ErrorRecord. */
  failed: -32000,
  /** JSON-RPC's own: not in the method table, or not among the method's parameters, or not of their type. */
  unknownMethod: -32601,
  invalidParameters: -32602,
  /** JSON-RPC's own: a fault of the dispatcher. */
  internal: -32603,
  /** The Language Server Protocol's RequestCancelled. */
  cancelled: -32800,
  /** Cancelled, but still running after the grace; its runspace was abandoned. */
  abandoned: -32801,
} as const;
