import { hashText, variantOf } from '../prng.ts';
import { type FlatRecord, flatRecords, looseAddress } from '../render.ts';
import type { SimAccount, SimDomain, SimResponse } from '../types.ts';
import { idOf, toDay } from './listing.ts';
import { type Parameters, readZone } from './parameters.ts';
import { element, escapeXml, refuse, succeed } from './xml.ts';

/**
 * `namecheap.domains.dns.getHosts`: all hosts at once, without SRV, which the API keeps to itself. With custom
 * nameservers mostly error 2030288, for some domains an empty list with `IsUsingOurDNS="false"`.
 */
export function getHosts({ portfolio }: SimAccount, parameters: Parameters): SimResponse {
  const command = 'namecheap.domains.dns.getHosts';
  const zone = readZone(parameters);
  const domain = portfolio.get(zone);
  if (!domain) return refuse(command, [['2019166', `Domain not found: ${zone}`]]);
  if (!domain.dnsHere && variantOf(`${zone}/hosts`, 3) > 0) {
    const text = 'Cannot complete this command as this domain is not using proper DNS servers';
    return refuse(command, [['2030288', text]]);
  }
  const records = domain.dnsHere ? flatRecords(domain).filter(({ type }) => type !== 'SRV') : [];
  const hosts = records.map((record) => `\n      ${toHost(record)}`).join('');
  const attributes = { Domain: zone, EmailType: emailType(domain), IsUsingOurDNS: String(domain.dnsHere) };
  return succeed(command, `    ${element('DomainDNSGetHostsResult', attributes, hosts)}`);
}

/** `namecheap.domains.dns.getList`: nameservers, some with capitals or a dot at the end. */
export function getNameServers({ portfolio }: SimAccount, parameters: Parameters): SimResponse {
  const command = 'namecheap.domains.dns.getList';
  const zone = readZone(parameters);
  const domain = portfolio.get(zone);
  if (!domain) return refuse(command, [['2019166', `Domain not found: ${zone}`]]);
  const attributes = { Domain: zone, IsUsingOurDNS: String(domain.dnsHere) };
  return succeed(command, `    ${element('DomainDNSGetListResult', attributes, nameServerElements(domain))}`);
}

/** `namecheap.domains.getRegistrarLock`: the transfer lock. */
export function getRegistrarLock({ portfolio }: SimAccount, parameters: Parameters): SimResponse {
  const command = 'namecheap.domains.getRegistrarLock';
  const name = (parameters.get('domainname') ?? '').toLowerCase();
  const domain = portfolio.get(name);
  if (!domain) return refuse(command, [['2019166', `Domain not found: ${name}`]]);
  const attributes = { Domain: name, RegistrarLockStatus: String(domain.locked) };
  return succeed(command, `    ${element('DomainGetRegistrarLockResult', attributes)}`);
}

/** `namecheap.domains.getInfo`; for a foreign domain an error together with a dummy result. */
export function getInfo(account: SimAccount, parameters: Parameters, now: number): SimResponse {
  const command = 'namecheap.domains.getInfo';
  const name = (parameters.get('domainname') ?? '').toLowerCase();
  const domain = account.portfolio.get(name);
  const owner = { OwnerName: account.credentials.username ?? '', IsOwner: String(domain !== undefined) };
  if (!domain) {
    const dummy = element('DomainGetInfoResult', { Status: 'Ok', ID: '0', DomainName: name, ...owner });
    return refuse(command, [['2030166', 'Domain is invalid']], `    ${dummy}`);
  }
  const { expiresAt } = domain;
  const isExpired = expiresAt !== null && Date.parse(expiresAt) < now;
  const details = [
    element('CreatedDate', {}, toDay(domain.registeredAt)),
    element('ExpiredDate', {}, toDay(expiresAt)),
    element('NumYears', {}, '0'),
  ];
  const content = [
    element('DomainDetails', {}, details.join('')),
    element('LockDetails', {}),
    element('Whoisguard', { Enabled: domain.privacy ? 'True' : 'NotAlloted' }),
    element(
      'DnsDetails',
      { ProviderType: domain.dnsHere ? 'FREE' : 'CUSTOM', IsUsingOurDNS: String(domain.dnsHere) },
      nameServerElements(domain),
    ),
    element('Modificationrights', { All: 'true' }),
  ];
  const status = { Status: isExpired ? 'Expired' : 'Ok', ID: idOf(name), DomainName: name };
  return succeed(command, `    ${element('DomainGetInfoResult', { ...status, ...owner }, content.join(''))}`);
}

/** `MXPref` is on every type and means something for MX only; real answers write the element's name in lower case. */
function toHost(record: FlatRecord): string {
  const { type, host, ttl, priority, key } = record;
  const name = variantOf(`${key}/element`, 9) === 0 ? 'Host' : 'host';
  return element(name, {
    HostId: String(1 + (hashText(key) % 99_999_999)),
    Name: host,
    Type: type,
    Address: toAddress(record),
    MXPref: String(priority ?? 10),
    ...(ttl === null ? {} : { TTL: String(ttl) }),
    AssociatedAppTitle: '',
    FriendlyName: '',
    IsActive: 'true',
    IsDDNSEnabled: 'false',
  });
}

/** Targets keep their dot, sometimes in capitals; CAA values stand with quotes or without. */
function toAddress({ type, data, key }: FlatRecord): string {
  if (type === 'CAA') return variantOf(key, 2) === 0 ? data.replaceAll('"', '') : data;
  if (type === 'CNAME' || type === 'MX') return variantOf(key, 5) === 0 ? data.toUpperCase() : data;
  return looseAddress(type, data, key);
}

/** How mail is set up: with FWD there are MX records that the list doesn't have. */
function emailType({ name, rrsets }: SimDomain): string {
  if (rrsets.some(({ type }) => type === 'MXE')) return 'MXE';
  if (rrsets.some(({ type }) => type === 'MX')) return 'MX';
  return ['FWD', 'NONE', 'OX'][variantOf(`${name}/mail`, 3)] ?? 'NONE';
}

function nameServerElements({ name, nameServers }: SimDomain): string {
  const form = variantOf(`${name}/servers`, 3);
  return nameServers
    .map((host) => (form === 0 ? host.toUpperCase() : form === 1 ? `${host}.` : host))
    .map((host) => element('Nameserver', {}, escapeXml(host)))
    .join('');
}
