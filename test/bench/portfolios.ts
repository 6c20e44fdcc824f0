import type { RegistrarId } from '#core/registrar-id.ts';
import { makePortfolio } from '#simulators/portfolio.ts';
import type { SimDomain, SimPortfolio } from '#simulators/types.ts';

/** The day that portfolios' dates are counted from: the first of the virtual clock. */
export const ANCHOR_DAY = '2026-11-23';

/** Domains of the largest portfolio there is. */
export const LARGE = 100_000;

export interface PortfolioForm {
  readonly size: number;
  readonly seed?: number;
  /** Every zone is at the registrar and open to its API: the most calls that so many domains can take. */
  readonly allHere?: boolean;
  /** Zones of one record set: what is asked for stays the same, and 100,000 of them are made in little time. */
  readonly tinyZones?: boolean;
  /** The least number of records of each zone. */
  readonly zoneSize?: number;
}

/** A simulator's portfolio, bent where a figure wants it. */
export function makeBenchPortfolio(registrar: RegistrarId, form: PortfolioForm): SimPortfolio {
  const base = makePortfolio(registrar, form.size, form.seed ?? 7, ANCHOR_DAY, form.zoneSize);
  if (!form.allHere && !form.tinyZones) return base;
  const own = form.allHere ? findOwnNameServers(registrar) : [];
  return {
    size: base.size,
    seed: base.seed,
    names: base.names,
    get: (name) => {
      const domain = base.get(name);
      return domain && bend(domain, form, own);
    },
  };
}

function bend(domain: SimDomain, { allHere, tinyZones }: PortfolioForm, own: readonly string[]): SimDomain {
  const { name, registeredAt, expiresAt, autoRenew, locked, privacy, rawStatuses, registeredHere } = domain;
  const facts = { name, registeredAt, expiresAt, autoRenew, locked, privacy, rawStatuses, registeredHere };
  return {
    ...facts,
    nameServers: allHere ? own : domain.nameServers,
    dnsHere: allHere || domain.dnsHere,
    apiAccess: allHere || domain.apiAccess,
    get rrsets() {
      if (!tinyZones) return domain.rrsets;
      return [{ name: `${name}.`, type: 'A', ttl: 3_600, records: ['192.0.2.1'] }];
    },
  };
}

/** The same portfolio, every so-manyth zone with an address that it didn't have. */
export function changeZones(portfolio: SimPortfolio, every: number): SimPortfolio {
  const changed = new Set(portfolio.names.filter((_, index) => index % every === every - 1));
  return {
    size: portfolio.size,
    seed: portfolio.seed,
    names: portfolio.names,
    get: (name) => {
      const domain = portfolio.get(name);
      if (!domain || !changed.has(name)) return domain;
      const fresh = { name: `${name}.`, type: 'A', ttl: 3_600, records: ['192.0.2.2'] };
      return Object.defineProperty(domain, 'rrsets', { get: () => [fresh] });
    },
  };
}

function findOwnNameServers(registrar: RegistrarId): readonly string[] {
  const sample = makePortfolio(registrar, 50, 1, ANCHOR_DAY);
  const found = sample.names.map((name) => sample.get(name)).find((domain) => domain?.dnsHere);
  if (!found) throw new Error(`${registrar} has no domain with its own nameservers`);
  return found.nameServers;
}
