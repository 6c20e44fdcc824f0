import { variantOf } from '../prng.ts';
import type { SimDomain, SimPortfolio, SimResponse } from '../types.ts';
import { answerPage } from './bodies.ts';

/** `GET /core/v1/domains`: 250 a page unless told otherwise, by name, `dir=desc` backwards. */
export function listDomains(portfolio: SimPortfolio, query: URLSearchParams): SimResponse {
  const names = query.get('dir') === 'desc' ? portfolio.names.toReversed() : portfolio.names;
  return answerPage('domains', names, query, 250, (name) => {
    const domain = portfolio.get(name);
    return domain && toListed(domain);
  });
}

/** A domain as list and detail give it; for half of the names what is false is left out. */
export function toListed(domain: SimDomain): Record<string, unknown> {
  const { name, registeredAt, expiresAt } = domain;
  const omits = variantOf(`${name}/zeros`, 2) === 0;
  const flag = (key: string, value: boolean): Record<string, boolean> =>
    value || !omits ? { [key]: value } : {};
  return {
    domainName: name,
    ...(registeredAt === null ? {} : { createDate: wholeSeconds(registeredAt) }),
    ...(expiresAt === null ? {} : { expireDate: wholeSeconds(expiresAt) }),
    ...flag('autorenewEnabled', domain.autoRenew),
    ...flag('locked', domain.locked),
    ...flag('privacyEnabled', domain.privacy),
    nameservers: domain.nameServers,
    renewalPrice: 12.99,
  };
}

function wholeSeconds(instant: string): string {
  return instant.replace(/\.\d{3}Z$/, 'Z');
}
