import * as z from 'zod/mini';
import { toUtcDay } from '#core/dates.ts';
import type { DomainRegistration, ZonePlace } from '#core/domain.ts';
import { toOwner } from '#core/names.ts';
import type { RdataInput } from '#core/rdata.ts';
import type { CanonicalRecord } from '#core/rrsets.ts';
import { optionalFromText, toMiss, WireDomainName, WireFlag, WireRecordType } from '../wire.ts';
import { toZoneRecord } from '../zone-record.ts';
import { childOf, childrenOf, type XmlElement } from './xml.ts';

const WireDay = optionalFromText(toUtcDay);
const WireCount = z.pipe(z.string().check(z.regex(/^\d{1,9}$/)), z.transform(Number));

/** A `Domain` element of the listing, by its attributes. */
const ListedDomain = z.pipe(
  z.object({
    name: WireDomainName,
    created: WireDay,
    expires: WireDay,
    isexpired: WireFlag,
    islocked: WireFlag,
    autorenew: WireFlag,
    whoisguard: z.nullish(z.string()),
    isourdns: WireFlag,
  }),
  z.transform(
    (wire): DomainRegistration => ({
      name: wire.name,
      statuses: [],
      rawStatuses: [],
      registrarState: wire.isexpired === true ? 'expired' : null,
      registeredAt: wire.created,
      expiresAt: wire.expires,
      // Days of Namecheap's own calendar (US Eastern), without a time.
      expiryPrecision: 'DAY',
      autoRenew: wire.autorenew,
      // `false` was seen on names with a transfer lock: it may mean another lock. Verified 2026-11-23.
      locked: wire.islocked === true ? true : null,
      privacy: wire.whoisguard ? wire.whoisguard.toUpperCase() === 'ENABLED' : null,
      nameServers: null,
      registeredHere: true,
      zone: toZonePlace(wire.isourdns),
    }),
  ),
);

/** The `CommandResponse` of getList: the page's domains, how many there are in all, and which page it is. */
export const DomainList = z.pipe(
  z.pipe(
    z.custom<XmlElement>(),
    z.transform((response): unknown => ({
      domains: childOf(response, 'domaingetlistresult')
        ?.children.filter(({ name }) => name === 'domain')
        .map(toAttributes),
      total: childOf(childOf(response, 'paging'), 'totalitems')?.text.trim(),
      page: childOf(childOf(response, 'paging'), 'currentpage')?.text.trim(),
    })),
  ),
  z.object({ domains: z.array(ListedDomain), total: WireCount, page: z.optional(WireCount) }),
);

/** The `CommandResponse` of getHosts as it comes; made once, since making a schema takes longer than reading by it. */
const HostList = z.pipe(
  z.pipe(
    z.custom<XmlElement>(),
    z.transform((response): unknown => {
      const result = childOf(response, 'domaindnsgethostsresult');
      return {
        domain: result?.attributes.get('domain'),
        isusingourdns: result?.attributes.get('isusingourdns'),
        hosts: childrenOf(result, 'host').map(toAttributes),
      };
    }),
  ),
  z.object({
    domain: WireDomainName,
    isusingourdns: WireFlag,
    hosts: z.array(
      z.object({
        name: z.string(),
        type: WireRecordType,
        address: z.string(),
        mxpref: z.nullish(z.string()),
        ttl: z.nullish(WireCount),
      }),
    ),
  }),
);

/** The `CommandResponse` of getHosts for a zone: whether Namecheap's DNS serves it, and its records. */
export function toHostList(zone: string) {
  return z.pipe(
    HostList,
    z.transform(({ domain, isusingourdns, hosts }, context) => {
      if (domain !== zone) toMiss(context, ['domain']);
      const records = hosts.map(
        (host, index): CanonicalRecord => toRecord(host, zone) ?? toMiss(context, ['hosts', index]),
      );
      return { isHere: isusingourdns !== false, records };
    }),
  );
}

function toAttributes(element: XmlElement): Record<string, string> {
  return Object.fromEntries(element.attributes);
}

function toZonePlace(isOurDns: boolean | null): ZonePlace {
  if (isOurDns === null) return 'UNKNOWN';
  return isOurDns ? 'HERE' : 'ELSEWHERE';
}

interface Host {
  readonly name: string;
  readonly type: string;
  readonly address: string;
  readonly mxpref?: string | null | undefined;
  readonly ttl?: number | null | undefined;
}

/** Forwarding services that Namecheap keeps among the records; their value is an address of the web, or of a mail host. */
const SERVICES = ['URL', 'URL301', 'FRAME', 'MXE'];

function toRecord(host: Host, zone: string): CanonicalRecord | null {
  const name = toOwner(host.name, zone);
  if (name === null) return null;
  const head = { name, type: host.type, ttl: host.ttl ?? null };
  return SERVICES.includes(host.type)
    ? { ...head, pseudo: { provider: 'namecheap', kind: host.type, value: host.address } }
    : toZoneRecord('namecheap', head, toInput(host), { zone, targets: 'never' });
}

function toInput({ type, address, mxpref }: Host): RdataInput {
  // Every record has a preference of 10, and it means something only here.
  return { form: 'fields', text: address, priority: type === 'MX' ? mxpref : null };
}
