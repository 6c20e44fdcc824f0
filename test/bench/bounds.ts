import type { RateWindow } from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { PROTOCOLS } from '#simulators/protocols.ts';
import type { SimPortfolio } from '#simulators/types.ts';

/** A registrar's windows as the simulator counts them: of the whole address, where calls are counted by it. */
export function windowsOf(registrar: RegistrarId): readonly RateWindow[] {
  const found = PROTOCOLS.find(({ id }) => id === registrar);
  if (!found) throw new Error(`no simulator of ${registrar}`);
  return found.limits;
}

/**
 * The least time in ms between the arrivals of the first and the last of so many calls: each as early as every window
 * lets it. Whatever sends them can't be quicker.
 */
export function toLeastMs(windows: readonly RateWindow[], calls: number): number {
  const longest = Math.max(...windows.map((window) => window.calls));
  // Only the last `longest` arrivals can hold a call back.
  const recent = new Float64Array(longest);
  let atMs = 0;
  for (let call = 0; call < calls; call += 1) {
    for (const window of windows) {
      if (call >= window.calls)
        atMs = Math.max(atMs, (recent[(call - window.calls) % longest] ?? 0) + window.windowMs);
    }
    recent[call % longest] = atMs;
  }
  return atMs;
}

/** The calls that proving the credentials takes. */
export const VALIDATION_CALLS: Readonly<Record<RegistrarId, number>> = {
  godaddy: 2,
  namecheap: 1,
  gandi: 2,
  porkbun: 1,
  namecom: 1,
};

const LIST_PAGE: Readonly<Record<RegistrarId, number>> = {
  godaddy: 1_000,
  namecheap: 100,
  gandi: 100,
  porkbun: 1_000,
  namecom: 1_000,
};

/** The calls that reading the listing takes: without a total, a full last page asks for one more; none is asked twice. */
export function toListCalls(registrar: RegistrarId, domains: number): number {
  const page = LIST_PAGE[registrar];
  const hasTotal = registrar !== 'godaddy' && registrar !== 'porkbun';
  const pages = hasTotal ? Math.max(1, Math.ceil(domains / page)) : Math.floor(domains / page) + 1;
  return domains === 0 ? 2 * pages : pages;
}

/** How many records, or record sets at Gandi, one page of a zone holds; undefined where a zone is one answer. */
const RECORD_PAGE: Readonly<Record<RegistrarId, number | undefined>> = {
  godaddy: 500,
  namecheap: undefined,
  gandi: 100,
  porkbun: undefined,
  namecom: 1_000,
};

export interface ZoneCalls {
  /** Porkbun: one question for the nameservers of each domain that is open to the API. */
  readonly nameServers: number;
  /** Record pages of the zones that are at the registrar. */
  readonly pages: number;
  readonly zones: number;
}

/** The calls that the zones of a portfolio take, by the registrar's own truth. */
export function toZoneCalls(registrar: RegistrarId, { names, get }: SimPortfolio): ZoneCalls {
  const count = { nameServers: 0, pages: 0, zones: 0 };
  for (const name of names) {
    const domain = get(name);
    if (!domain?.apiAccess) continue;
    if (registrar === 'porkbun') count.nameServers += 1;
    if (!domain.dnsHere) continue;
    count.zones += 1;
    count.pages += toRecordPages(registrar, () => domain.rrsets);
  }
  return count;
}

function toRecordPages(
  registrar: RegistrarId,
  rrsets: () => readonly { readonly records: readonly string[]; readonly pseudo?: unknown }[],
): number {
  const page = RECORD_PAGE[registrar];
  if (page === undefined) return 1;
  const entries =
    registrar === 'gandi'
      ? rrsets().length
      : rrsets().reduce((sum, { records, pseudo }) => sum + (pseudo ? 1 : records.length), 0);
  return registrar === 'godaddy' ? Math.floor(entries / page) + 1 : Math.max(1, Math.ceil(entries / page));
}
