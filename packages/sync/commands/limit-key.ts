import type { Credentials } from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import type { Secret } from '#core/secret.ts';
import type { IntakeDeps } from './command-deps.ts';

/** What the calls of credentials are counted by: equal for credentials that share a registrar's limit, and says nothing of them. */
export function toLimitKey(
  deps: IntakeDeps,
  registrar: RegistrarId,
  credentials: Secret<Credentials>,
): Promise<string> {
  return deps.fingerprinter.fingerprint(
    'limit',
    `${registrar}\0${deps.limitSubject(registrar, credentials.reveal())}`,
  );
}
