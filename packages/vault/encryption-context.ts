import type { SealContext } from '#core/ports/vault.ts';

/** The application's own name in every encryption context: part of the key policies' conditions. */
export const CONTEXT_APP = 'domain-collective';

/** Names in the encryption context, all of them in every call; the policies of infra allow these and no others. */
export const CONTEXT_KEYS = ['app', 'tenant', 'integration', 'registrar', 'version'] as const;

/** The encryption context of a set of credentials. It is no secret: KMS writes it to the account's audit trail. */
export function toEncryptionContext(context: SealContext): Record<(typeof CONTEXT_KEYS)[number], string> {
  return {
    app: CONTEXT_APP,
    tenant: context.tenantId,
    integration: context.integrationId,
    registrar: context.registrar,
    version: String(context.version),
  };
}
