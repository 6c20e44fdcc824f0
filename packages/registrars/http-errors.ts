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
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_NOT_PUBLIC_ADDRESS',
]);

/** Answers that break our bounds, or end before their length. */
const MALFORMED = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

/**
 * A failure of the transport as one of our own errors. Made anew from the failure's code alone: undici's and Node's
 * messages name hosts, and may quote what the registrar sent.
 */
export function toTransportError(error: unknown, phase: CallPhase): SyncError {
  if (phase.isTimedOut) return new SyncError('REGISTRAR_TIMEOUT');
  const code = codeOf(error);
  if (phase.isHandshake) {
    return new SyncError(UNREACHABLE.has(code) ? 'REGISTRAR_UNAVAILABLE' : 'REGISTRAR_TLS');
  }
  if (isParserError(error) || MALFORMED.has(code)) return new SyncError('REGISTRAR_BAD_RESPONSE');
  // Closed in an orderly way: before the head nobody answered, after it the body was cut off.
  if (code === 'UND_ERR_SOCKET') {
    return new SyncError(phase.isAnswering ? 'REGISTRAR_BAD_RESPONSE' : 'REGISTRAR_UNAVAILABLE');
  }
  const isOurs = code === '' || code === 'UND_ERR_INVALID_ARG' || code.startsWith('ERR_');
  return new SyncError(isOurs && code !== 'ERR_NOT_PUBLIC_ADDRESS' ? 'INTERNAL' : 'REGISTRAR_UNAVAILABLE');
}

/** Answers that break the rules of HTTP/1.1. Not all of undici's parser errors have a code. */
function isParserError(error: unknown): boolean {
  return error instanceof Error && error.name === 'HTTPParserError';
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
