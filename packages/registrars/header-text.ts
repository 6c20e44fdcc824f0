import { SyncError } from '#core/errors.ts';
import type { RegistrarId } from '#core/registrar-id.ts';

/**
 * A part of a credential as it may stand in a header: printable ASCII. No registrar issues keys with anything else, so
 * others are refused without a call.
 *
 * @throws SyncError INVALID_CREDENTIALS
 */
export function toHeaderText(registrar: RegistrarId, text: string | undefined): string {
  if (text !== undefined && /^[!-~]+$/.test(text)) return text;
  throw new SyncError('INVALID_CREDENTIALS', { registrar });
}
