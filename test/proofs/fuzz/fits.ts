import type { DomainRegistration } from '#core/domain.ts';
import type { ListPage, Validation } from '#core/registrar.ts';
import type { RRset, ZoneReading } from '#core/rrset.ts';

const NAME = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;
const OWNER = /^(?=.{1,1017}$)(?:\.|(?:[^\s.]|\\.)[^\s]*\.)$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const isName = (text: unknown) => typeof text === 'string' && NAME.test(text);
const isInstant = (value: string | null) =>
  value === null || (INSTANT.test(value) && !Number.isNaN(Date.parse(value)));
const isFlag = (value: unknown) => value === null || typeof value === 'boolean';

/** What of an adapter's result isn't in the form that the rest of the product builds on; undefined where all is. */
export function findMisfit(result: Validation | ListPage | ZoneReading): string | undefined {
  if ('domains' in result) return findPageMisfit(result);
  if ('status' in result) return findZoneMisfit(result);
  if (!isInstant(result.credentialsExpireAt)) return `credentialsExpireAt ${result.credentialsExpireAt}`;
  return (result.firstDomains ?? []).map(findDomainMisfit).find((misfit) => misfit !== undefined);
}

function findPageMisfit({ domains, nextCursor, declaredTotal, skipped }: ListPage): string | undefined {
  if (nextCursor !== null && (nextCursor === '' || nextCursor.length > 1024)) return 'nextCursor';
  if (declaredTotal !== null && !(Number.isSafeInteger(declaredTotal) && declaredTotal >= 0))
    return 'declaredTotal';
  if (!(Number.isSafeInteger(skipped) && skipped >= 0)) return 'skipped';
  return domains.map(findDomainMisfit).find((misfit) => misfit !== undefined);
}

function findDomainMisfit(domain: DomainRegistration): string | undefined {
  if (!isName(domain.name)) return `name ${JSON.stringify(domain.name)}`;
  if (!isInstant(domain.registeredAt)) return `registeredAt ${domain.registeredAt}`;
  if (!isInstant(domain.expiresAt)) return `expiresAt ${domain.expiresAt}`;
  if (![domain.autoRenew, domain.locked, domain.privacy].every(isFlag)) return 'a flag';
  if (!(domain.nameServers ?? []).every(isName)) return `nameServers ${JSON.stringify(domain.nameServers)}`;
  if (!domain.rawStatuses.every((word) => typeof word === 'string')) return 'rawStatuses';
  return undefined;
}

function findZoneMisfit(reading: ZoneReading): string | undefined {
  if (!(reading.nameServers ?? []).every(isName)) return `nameServers ${JSON.stringify(reading.nameServers)}`;
  if (reading.status !== 'FETCHED') return undefined;
  return reading.rrsets.map(findSetMisfit).find((misfit) => misfit !== undefined);
}

function findSetMisfit({ name, type, ttl, records, pseudo }: RRset): string | undefined {
  if (!OWNER.test(name)) return `owner ${JSON.stringify(name)}`;
  if (!/^[A-Z][A-Z0-9_-]{0,31}$/.test(type)) return `type ${JSON.stringify(type)}`;
  if (ttl !== null && !(Number.isInteger(ttl) && ttl >= 0 && ttl < 2 ** 31)) return `ttl ${ttl}`;
  if ((records.length === 0) !== (pseudo !== undefined)) return 'records';
  // Presentation form is one line of what can be printed.
  const line = records.find((record) => !/^[\x20-\x7e]+$/.test(record));
  return line === undefined ? undefined : `record ${JSON.stringify(line)}`;
}
