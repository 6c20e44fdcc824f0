import * as z from 'zod/mini';
import { SYNC_CODES } from '#core/errors.ts';
import type { RegistrarId } from '#core/registrar-id.ts';

const Accounts = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      domains: z.number(),
      expect: z.enum(['SYNCED', ...SYNC_CODES]),
      credentials: z.record(z.string(), z.string()),
    }),
  ),
});

/** Reads the simulators' demo accounts from their control port: the local run only. */
export function readSimulatorAccounts(controlOrigin: string) {
  return async (registrar: RegistrarId) => {
    const answer = await fetch(`${controlOrigin}/control/${registrar}/accounts`);
    // A registrar whose simulator was replaced by REGISTRAR_ENDPOINTS has no accounts to show.
    if (answer.status === 404) return [];
    const { items } = Accounts.parse(await answer.json());
    return items.map(({ id, ...account }) => ({ accountId: id, ...account }));
  };
}
