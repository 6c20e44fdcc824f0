import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import type { SimRequest } from '#simulators/types.ts';
import type { Fault } from './stage.ts';

type Match = NonNullable<Fault['match']>;

/** The pages of a listing, without the call that proves the credentials where it differs. */
export const LISTING: Readonly<Record<RegistrarId, Match>> = {
  godaddy: { path: '/^/v1/domains$/', query: { limit: '1000' } },
  namecheap: { bodyIncludes: 'Command=namecheap.domains.getList' },
  gandi: { path: '/^/v5/domain/domains$/', queryIncludes: 'sort_by' },
  porkbun: { path: '/api/json/v3/domain/listAll' },
  namecom: { path: '/^/core/v1/domains$/' },
};

/** The records of zones. */
export const ZONES: Readonly<Record<RegistrarId, Match>> = {
  godaddy: { path: '/^/v1/domains/[^/]+/records$/' },
  namecheap: { bodyIncludes: 'Command=namecheap.domains.dns.getHosts' },
  gandi: { path: '/^/v5/livedns/domains/[^/]+/records$/' },
  porkbun: { path: '/api/json/v3/dns/retrieve/' },
  namecom: { path: '/^/core/v1/domains/[^/]+/records$/' },
};

/** Registrars that prove credentials by the first page of the listing. */
const PROVED_BY_LISTING: readonly RegistrarId[] = ['namecheap', 'porkbun'];

/** A fault of the listing's pages; where the listing also proves the credentials, it begins after that. */
export function inListing(registrar: RegistrarId, fault: Fault): Fault {
  const before = PROVED_BY_LISTING.includes(registrar) ? 1 : 0;
  return { ...fault, match: LISTING[registrar], skip: before + (fault.skip ?? 0) };
}

/** A fault of zones' records: of one domain, or of all. */
export function inZones(registrar: RegistrarId, fault: Fault, name?: string): Fault {
  if (name === undefined) return { ...fault, match: ZONES[registrar] };
  const [label = '', ...rest] = name.split('.');
  const match: Readonly<Record<RegistrarId, Match>> = {
    godaddy: { path: `/v1/domains/${name}/records` },
    namecheap: { bodyIncludes: `SLD=${label}&TLD=${rest.join('.')}` },
    gandi: { path: `/v5/livedns/domains/${name}/records` },
    porkbun: { path: `/api/json/v3/dns/retrieve/${name}` },
    namecom: { path: `/core/v1/domains/${name}/records` },
  };
  return { ...fault, match: match[registrar] };
}

/** Whether a request is for a page of the listing. */
export function isListing(registrar: RegistrarId, { path, body, query }: SimRequest): boolean {
  const is: Readonly<Record<RegistrarId, () => boolean>> = {
    godaddy: () => path === '/v1/domains' && query.get('limit') === '1000',
    namecheap: () => body.includes('domains.getList'),
    gandi: () => path === '/v5/domain/domains' && query.has('sort_by'),
    porkbun: () => path.endsWith('/domain/listAll'),
    namecom: () => path === '/core/v1/domains',
  };
  return is[registrar]();
}

/** One scenario for each registrar. */
export function atEach<T>(make: (registrar: RegistrarId) => T): T[] {
  return REGISTRAR_IDS.map(make);
}
