import { txtRdata, txtStrings } from '../canonical.ts';
import { variantOf } from '../prng.ts';
import { endsInName, jsonAnswer, looseAddress, relativeHost, withoutDot } from '../render.ts';
import type { SimDomain, SimPortfolio, SimResponse, SimRrset } from '../types.ts';
import { answerPage, notFound, refuse } from './bodies.ts';

/** `GET /v5/livedns/domains`: the zones that LiveDNS holds, live or not. */
export function listZones(portfolio: SimPortfolio, query: URLSearchParams): SimResponse {
  const names = portfolio.names.filter((name) => {
    const domain = portfolio.get(name);
    return domain && hasZone(domain);
  });
  return answerPage('/v5/livedns/domains', names, query, 100, (fqdn) => {
    const domain_href = `https://api.gandi.net/v5/livedns/domains/${fqdn}`;
    return { fqdn, domain_href, domain_records_href: `${domain_href}/records` };
  });
}

/**
 * `GET /v5/livedns/domains/{fqdn}/records[/{name}[/{type}]]`: everything at once unless a page is asked for. Of the
 * domains with nameservers elsewhere some have a zone still.
 */
export function listRecords(
  domain: SimDomain,
  query: URLSearchParams,
  { host, type }: { host: string | undefined; type: string | undefined },
): SimResponse {
  if (!hasZone(domain)) {
    const isNamed = variantOf(`${domain.name}/404`, 2) === 0;
    return isNamed ? refuse(404, 'LocalizedHTTPNotFound', 'Unknown domain', 'Not Found') : notFound();
  }
  const sets = domain.rrsets
    .map((rrset) => toSet(rrset, domain.name))
    .filter(
      (set) =>
        (host === undefined || set.rrset_name.toLowerCase() === host.toLowerCase()) &&
        (type ?? set.rrset_type) === set.rrset_type,
    );
  if (host !== undefined && type !== undefined) {
    const [set] = sets;
    if (set) return jsonAnswer(200, set);
    return refuse(404, 'dns-record', `Can't find the DNS record ${host}/${type} in the zone`, 'Not Found');
  }
  const path = `/v5/livedns/domains/${domain.name}/records`;
  return answerPage(path, sets, query, Math.max(1, sets.length), (set) => set);
}

function hasZone({ name, dnsHere }: SimDomain): boolean {
  return dnsHere || variantOf(`${name}/stale`, 2) === 0;
}

interface GandiSet {
  readonly rrset_name: string;
  readonly rrset_type: string;
  readonly rrset_ttl: number;
  readonly rrset_values: readonly string[];
  readonly rrset_href: string;
}

function toSet(rrset: SimRrset, zone: string): GandiSet {
  const { name, type, ttl, pseudo } = rrset;
  const relative = relativeHost(withoutDot(name), zone);
  const host = variantOf(`${name}/capitals`, 8) === 0 ? relative.toUpperCase() : relative;
  const values = pseudo ? [pseudo.value] : rrset.records;
  return {
    rrset_name: host,
    rrset_type: type,
    rrset_ttl: ttl ?? 10_800,
    rrset_values: values.map((value) => toValue(type, value, zone, `${name}/${type}/${value}`)),
    rrset_href: `https://api.gandi.net/v5/livedns/domains/${zone}/records/${encodeURIComponent(host)}/${type}`,
  };
}

/** Some targets below the zone are relative, without a dot; some texts are split at other places than 255 octets. */
function toValue(type: string, value: string, zone: string, key: string): string {
  if (type === 'TXT' || type === 'SPF') return variantOf(key, 3) === 0 ? splitElsewhere(value) : value;
  if (endsInName(type) && value.endsWith(`.${zone}.`) && variantOf(key, 2) === 0) {
    return value.slice(0, -zone.length - 2);
  }
  return looseAddress(type, value, key);
}

function splitElsewhere(rdata: string): string {
  const octets = Buffer.concat(txtStrings(rdata));
  if (octets.length < 8) return rdata;
  const middle = octets.length >> 1;
  return `${txtRdata(octets.subarray(0, middle))} ${txtRdata(octets.subarray(middle))}`;
}
