import { domainToUnicode } from 'node:url';
import { hashText, variantOf } from '../prng.ts';
import type { SimDomain, SimPortfolio, SimResponse } from '../types.ts';
import { answerPage } from './bodies.ts';

const DAY_MS = 86_400_000;

/** `GET /v5/domain/domains`, by name; `fqdn` (with `*`) and `nameserver` filter. */
export function listDomains(portfolio: SimPortfolio, query: URLSearchParams): SimResponse {
  const nameserver = query.get('nameserver');
  const pattern = query.get('fqdn');
  let names = portfolio.names;
  if (pattern !== null) {
    const [head = '', tail] = pattern.toLowerCase().split('*');
    names = names.filter((name) =>
      tail === undefined ? name === head : name.startsWith(head) && name.endsWith(tail),
    );
  }
  if (nameserver !== null) {
    names = names.filter((name) => {
      const domain = portfolio.get(name);
      return domain !== undefined && nameserverClass(domain) === nameserver;
    });
  }
  return answerPage('/v5/domain/domains', names, query, 100, (name) => {
    const domain = portfolio.get(name);
    return domain && toListed(domain);
  });
}

/** `GET /v5/domain/domains/{fqdn}`: `autorenew` is an object here, and the transfer secret is told. */
export function toDetail(domain: SimDomain): Record<string, unknown> {
  return {
    ...toListed(domain),
    autorenew: { enabled: domain.autoRenew, duration: 1, dates: [], org_id: '', href: '' },
    nameservers: domain.nameServers,
    authinfo: 'fake-authinfo-not-to-be-kept',
    can_tld_lock: true,
    services: domain.dnsHere ? ['gandilivedns'] : [],
  };
}

function toListed(domain: SimDomain): Record<string, unknown> {
  const { name } = domain;
  const account = 'fake_account';
  return {
    fqdn: name,
    fqdn_unicode: domainToUnicode(name),
    id: `${hashText(name).toString(16).padStart(8, '0')}-fa4e-fa4e-fa4e-00163ec4cb00`,
    href: `https://api.gandi.net/v5/domain/domains/${name}`,
    tld: name.slice(name.indexOf('.') + 1),
    status: domain.rawStatuses,
    autorenew: domain.autoRenew,
    dates: toDates(domain),
    owner: account,
    orga_owner: account,
    domain_owner: 'Fake Person',
    nameserver: { current: nameserverClass(domain) },
    tags: [],
    sharing_id: '00000000-fa4e-fa4e-fa4e-000000000000',
  };
}

/** Gandi's day of creation lies after the registry's for a domain that was transferred in. */
function toDates({ name, registeredAt, expiresAt }: SimDomain): Record<string, string> {
  const registered = registeredAt ?? '2020-01-01T00:00:00.000Z';
  const transferred = variantOf(`${name}/transferred`, 3) === 0;
  const dates = {
    registry_created_at: wholeSeconds(registered),
    created_at: daysAfter(registered, transferred ? 200 : 0),
    updated_at: daysAfter(registered, 201),
  };
  if (expiresAt === null) return dates;
  return {
    ...dates,
    registry_ends_at: wholeSeconds(expiresAt),
    renew_begins_at: '2012-01-01T00:00:00Z',
    hold_begins_at: wholeSeconds(expiresAt),
    hold_ends_at: daysAfter(expiresAt, 45),
    restore_ends_at: daysAfter(expiresAt, 75),
    pending_delete_ends_at: daysAfter(expiresAt, 80),
  };
}

function nameserverClass({ name, dnsHere }: SimDomain): string {
  if (dnsHere) return 'livedns';
  return variantOf(`${name}/abc`, 4) === 0 ? 'abc' : 'other';
}

function daysAfter(instant: string, days: number): string {
  return wholeSeconds(new Date(Date.parse(instant) + days * DAY_MS).toISOString());
}

function wholeSeconds(instant: string): string {
  return instant.replace(/\.\d{3}Z$/, 'Z');
}
