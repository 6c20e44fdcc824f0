import { SyncError } from '#core/errors.ts';

/** How far a call had come when it failed. */
interface CallPhase {
  readonly isTimedOut: boolean;
  /** The connection to an https origin could not be made. */
  readonly isHandshake: boolean;
  /** The head of the answer had been read. */
  readonly isAnswering: boolean;
}

/** Failures of the network below TLS: nobody was reached. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  'ENOTFOUND',
  'ENODATA',
  'ESERVFAIL',
  'ETIMEOUT',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ERR_NOT_PUBLIC_ADDRESS',
]);

/**
 * A failure of the transport as one of our own errors. Made anew from the failure's code alone: Node's messages
 * name hosts, and may quote what the registrar sent.
 */
export function toTransportError(error: unknown, phase: CallPhase): SyncError {
  if (phase.isTimedOut) return new SyncError('REGISTRAR_TIMEOUT');
  const code = codeOf(error);
  if (phase.isHandshake) {
    return new SyncError(UNREACHABLE.has(code) ? 'REGISTRAR_UNAVAILABLE' : 'REGISTRAR_TLS');
  }
  // Node's parser refuses what breaks the rules or bounds of HTTP/1.1.
  if (code.startsWith('HPE_')) return new SyncError('REGISTRAR_BAD_RESPONSE');
  if (phase.isAnswering && isOrderlyEnd(error)) return new SyncError('REGISTRAR_BAD_RESPONSE');
  const isOurs = code === '' || code.startsWith('ERR_');
  return new SyncError(isOurs && code !== 'ERR_NOT_PUBLIC_ADDRESS' ? 'INTERNAL' : 'REGISTRAR_UNAVAILABLE');
}

/** Whether the registrar closed in an orderly way: a reset comes from a system call, an early end is Node's finding. */
function isOrderlyEnd(error: unknown): boolean {
  return codeOf(error) === 'ECONNRESET' && !(error instanceof Error && 'syscall' in error);
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
