import { makePortfolio } from '#simulators/portfolio.ts';
import type {
  SimAccount,
  SimDomain,
  SimPortfolio,
  SimProtocol,
  SimRequest,
  SimResponse,
} from '#simulators/types.ts';

export const ANCHOR_DAY = '2026-11-23';
export const NOW = Date.parse('2026-11-23T09:30:00.000Z');

export interface Call {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly remoteAddress?: string;
}

export function toRequest(call: Call): SimRequest {
  return {
    method: 'GET',
    headers: {},
    body: '',
    remoteAddress: '127.0.0.1',
    ...call,
    query: new URLSearchParams(call.query),
  };
}

/** A protocol with its demo accounts; `size` replaces the size of those that hold 50 domains. */
export function seat(protocol: SimProtocol, { size = 50, zoneSize = 0 } = {}) {
  const accounts = protocol.demoAccounts((wanted, seed) =>
    makePortfolio(protocol.id, wanted === 50 ? size : wanted, seed, ANCHOR_DAY, zoneSize),
  );
  const account = (id: string): SimAccount => {
    const found = accounts.find((candidate) => candidate.id === id);
    if (!found) throw new Error(`no account ${id}`);
    return found;
  };
  const ask = (call: Call): SimResponse => protocol.answer(toRequest(call), { accounts, now: () => NOW });
  return { accounts, account, ask };
}

export function domainsOf({ names, get }: SimPortfolio): SimDomain[] {
  return names.map((name) => {
    const domain = get(name);
    if (!domain) throw new Error(`no domain ${name}`);
    return domain;
  });
}

/** The first domain that fits; the portfolio must have one. */
export function findDomain(portfolio: SimPortfolio, fits: (domain: SimDomain) => boolean): SimDomain {
  const found = domainsOf(portfolio).find(fits);
  if (!found) throw new Error('no domain of the portfolio fits');
  return found;
}

export function json(response: SimResponse) {
  return JSON.parse(response.body);
}
