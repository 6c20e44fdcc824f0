import type { SimPortfolio, SimProtocol } from '#simulators/types.ts';
import type { Stores } from '#store/stores.ts';

/** What is stored of an account, and the account as its registrar has it. */
export interface Compared {
  readonly stores: Pick<Stores, 'domains' | 'zones'>;
  readonly integrationId: string;
  readonly protocol: SimProtocol;
  readonly portfolio: SimPortfolio;
}

/** I9: what is stored against the registrar's truth, as texts of what differs. */
export async function compareWithTruth({
  stores,
  integrationId,
  protocol,
  portfolio,
}: Compared): Promise<string[]> {
  const wrong: string[] = [];
  const rows = new Map<string, { readonly seen: string }>();
  for await (const batch of stores.domains.all(integrationId))
    for (const domain of batch) {
      rows.set(domain.name, domain);
      const known = portfolio.get(domain.name);
      if (!known || !portfolio.names.includes(domain.name)) {
        if (domain.seen === 'PRESENT') wrong.push(`I9: ${domain.name} is there no longer`);
        continue;
      }
      const { dns, unicodeName: _, ...facts } = protocol.truthDomain(known);
      for (const [fact, value] of Object.entries(facts))
        if (toText(domain[fact as keyof typeof domain]) !== toText(value))
          wrong.push(`I9: ${fact} of ${domain.name}`);
      if (domain.seen !== 'PRESENT') wrong.push(`I9: ${domain.name} is ${domain.seen}`);
      if (domain.dns.status !== dns.status) wrong.push(`I9: ${domain.name} is ${domain.dns.status}`);
      if (dns.status !== 'FETCHED') continue;
      const zone = await stores.zones.get(integrationId, domain.name);
      if (toText(zone) !== toText(protocol.truthRecords(known))) wrong.push(`I9: records of ${domain.name}`);
    }
  for (const name of portfolio.names) if (!rows.has(name)) wrong.push(`I9: ${name} is not stored`);
  return wrong;
}

/** A value as text; bytes as base64. */
export function toText(value: unknown): string {
  return JSON.stringify(value ?? null, (_name, each) =>
    each instanceof Uint8Array ? Buffer.from(each).toString('base64') : each,
  );
}
