import type { Credentials } from '#core/registrar.ts';
import { isRegistrarId, type RegistrarId } from '#core/registrar-id.ts';

/** What is sealed: the credentials, and whose they are, so that the content itself tells a swap too. */
export interface Envelope {
  readonly registrar: RegistrarId;
  readonly credentials: Credentials;
}

/** The plaintext of an envelope. Clear the bytes when they are used. */
export function encodeEnvelope(envelope: Envelope): Buffer {
  return Buffer.from(JSON.stringify({ registrar: envelope.registrar, credentials: envelope.credentials }));
}

/** The envelope in a plaintext; undefined where it is none. */
export function decodeEnvelope(plaintext: Uint8Array): Envelope | undefined {
  const content = parse(
    Buffer.from(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength).toString('utf8'),
  );
  if (!isRecord(content) || !isRecord(content.credentials)) return undefined;
  const { registrar, credentials } = content;
  if (typeof registrar !== 'string' || !isRegistrarId(registrar)) return undefined;
  const fields = Object.entries(credentials);
  if (!fields.every((field): field is [string, string] => typeof field[1] === 'string')) return undefined;
  return { registrar, credentials: Object.fromEntries(fields) };
}

/** JSON.parse, whose error would quote what it read. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
