import type * as z from 'zod/mini';
import { SyncError } from '#core/errors.ts';
import type {
  AccountDeps,
  Credentials,
  ListPage,
  RegistrarAccount,
  RegistrarAnswer,
  RegistrarDefinition,
  Validation,
  ZoneRequest,
} from '#core/registrar.ts';
import type { ZoneReading } from '#core/rrset.ts';
import { collectRrsets } from '#core/rrsets.ts';
import type { Secret } from '#core/secret.ts';
import { readJson, toBadResponse } from '../answers.ts';
import { porkbunProfile } from './profile.ts';
import { toRecords } from './records.ts';
import { isDomainOutOfReach, requireSuccess } from './refusals.ts';
import { Delegation, DomainPage, Zone } from './schema.ts';

/**
 * Porkbun by its JSON API v3. All calls are POST with the keys in the body, which every version of it understands.
 *
 * @see https://porkbun.com/api/json/v3/documentation, verified 2026-11-23
 */
export const porkbun: RegistrarDefinition = {
  ...porkbunProfile,
  readingCalls: [
    { method: 'POST', path: /^\/api\/json\/v3\/domain\/listAll$/ },
    { method: 'POST', path: /^\/api\/json\/v3\/domain\/getNs\/[^/]+$/ },
    { method: 'POST', path: /^\/api\/json\/v3\/dns\/retrieve\/[^/]+$/ },
  ],
  open: openAccount,
};

const BASE_PATH = '/api/json/v3';
/** A page of the listing with fewer entries is the last. */
const { pageSize } = porkbunProfile;

function openAccount(credentials: Secret<Credentials>, deps: AccountDeps): RegistrarAccount {
  function post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<RegistrarAnswer> {
    const { apiKey, secretApiKey } = credentials.reveal();
    // Calls without keys are answered too, by ping even with success.
    if (!apiKey || !secretApiKey) throw new SyncError('INVALID_CREDENTIALS', { registrar: 'porkbun' });
    return deps.send({
      method: 'POST',
      origin: deps.origins.api,
      path: `${BASE_PATH}${path}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ apikey: apiKey, secretapikey: secretApiKey, ...fields }),
    });
  }

  function read<T>(answer: RegistrarAnswer, form: z.ZodMiniType<T>): T {
    requireSuccess(answer, deps.now());
    return readJson('porkbun', answer, form);
  }

  /**
   * By the listing's first page, since it proves more than `POST /ping`: that succeeds without keys, and for accounts that
   * may not list. With a call a second to spend, it also is the first thing that people want to see.
   */
  async function validate(): Promise<Validation> {
    const { domains } = await listPage(null);
    return { notices: [], credentialsExpireAt: null, firstDomains: domains };
  }

  /** `POST /domain/listAll`, by name: the order that stands unless told, by expiry, would shift with every renewal. */
  async function listPage(cursor: string | null): Promise<ListPage> {
    const start = toStart(cursor);
    const answer = await post('/domain/listAll', { start: String(start), sortName: 'domain' });
    const { domains, count } = read(answer, DomainPage);
    requireWhole(domains.length, count ?? null, start);
    return {
      domains,
      nextCursor: domains.length === pageSize ? String(start + pageSize) : null,
      declaredTotal: null,
      skipped: 0,
    };
  }

  /**
   * `POST /domain/getNs/{domain}`, then `POST /dns/retrieve/{domain}` where the nameservers are Porkbun's: the stored
   * zone is given for others too, however stale.
   */
  async function readZone({ name, zone }: ZoneRequest): Promise<ZoneReading> {
    if (zone === 'NOT_PERMITTED' || zone === 'ELSEWHERE') return { status: zone };
    const delegation = await post(`/domain/getNs/${encodeURIComponent(name)}`);
    if (isDomainOutOfReach(delegation)) return { status: 'NOT_PERMITTED' };
    const nameServers = read(delegation, Delegation);
    const told = nameServers === null ? {} : { nameServers };
    if (nameServers !== null && !isServedHere(nameServers)) return { status: 'ELSEWHERE', ...told };
    const stored = await post(`/dns/retrieve/${encodeURIComponent(name)}`);
    if (isDomainOutOfReach(stored)) return { status: 'NOT_PERMITTED', ...told };
    return { status: 'FETCHED', ...collectRrsets(toRecords(read(stored, Zone), name)), ...told };
  }

  return { validate, listPage, readZone };
}

function toStart(cursor: string | null): number {
  if (cursor === null) return 0;
  if (/^[1-9]\d{0,6}$/.test(cursor)) return Number(cursor);
  throw new SyncError('INTERNAL', { registrar: 'porkbun', path: 'cursor' });
}

/** A page that has lost entries on its way must not end the listing; a count over all pages is understood too. */
function requireWhole(entries: number, count: number | null, start: number): void {
  if (entries > pageSize) throw toBadResponse('porkbun', { path: 'domains' });
  const isWhole =
    count === null ||
    count === entries ||
    count === start + entries ||
    (entries === pageSize && count > entries);
  if (!isWhole) throw new SyncError('LIST_INCOMPLETE', { registrar: 'porkbun' });
}

/** Where no nameserver is told nothing speaks against Porkbun. Older ones stand directly under porkbun.com. */
function isServedHere(nameServers: readonly string[]): boolean {
  return nameServers.length === 0 || nameServers.some((host) => host.endsWith('.porkbun.com'));
}
