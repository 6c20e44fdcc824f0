import { newId } from '#core/ids.ts';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';

/** Credentials of one account of each registrar, every value told from all else wherever it turns up. */
export type Canaries = Readonly<Record<RegistrarId, Readonly<Record<string, string>>>>;

/** Signs that each encoding writes in its own way; every registrar's header, body or query has to carry them. */
const ODD_SIGNS = '+/=&"<%';

/** Makes a set of canaries; no two sets share a value. */
export function makeCanaries(): Canaries {
  const secret = (what: string) => `fake-canary-${what}-${newId()}${ODD_SIGNS}${newId().slice(0, 6)}`;
  const digits = () => String(Math.floor(Math.random() * 9e14) + 1e14);
  return {
    godaddy: { apiKey: secret('key'), apiSecret: secret('secret'), customerId: digits() },
    namecheap: { username: `fakecanary${newId()}`, apiKey: secret('key') },
    gandi: { apiToken: secret('token') },
    porkbun: { apiKey: `pk1_${secret('key')}`, secretApiKey: `sk1_${secret('secret')}` },
    namecom: { username: `fake-canary-${newId()}`, apiToken: secret('token') },
  };
}

/** All values of a set. */
export function valuesOf(canaries: Canaries): readonly string[] {
  return REGISTRAR_IDS.flatMap((id) => Object.values(canaries[id]));
}
