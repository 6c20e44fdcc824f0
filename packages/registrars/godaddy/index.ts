import { isSyncError, SyncError } from '#core/errors.ts';
import type {
  AccountDeps,
  Credentials,
  RegistrarAccount,
  RegistrarAnswer,
  RegistrarCall,
  RegistrarDefinition,
  ZoneRequest,
} from '#core/registrar.ts';
import type { ZoneReading } from '#core/rrset.ts';
import { type CanonicalRecord, collectRrsets } from '#core/rrsets.ts';
import { readJson, requireServing, toBadResponse, tryReadJson } from '../answers.ts';
import { toHeaderText } from '../header-text.ts';
import { godaddyProfile } from './profile.ts';
import { toRecordPage } from './records.ts';
import { DomainPage, Refusal, ShopperIds } from './schema.ts';

/** GoDaddy by its API v1 and a key of the production or test (OTE) environment. */
export const godaddy: RegistrarDefinition = {
  ...godaddyProfile,
  readingCalls: [
    { method: 'GET', path: /^\/v1\/domains$/ },
    { method: 'GET', path: /^\/v1\/shoppers\/[\w-]+$/ },
    { method: 'GET', path: /^\/v1\/domains\/[^/]+\/records$/ },
  ],
  open: (credentials, deps) => openAccount(credentials.reveal, deps),
};

/** A zone of more pages than this is no zone that GoDaddy would serve. */
const MAX_RECORD_PAGES = 40;
const RECORDS_PER_PAGE = 500;

function openAccount(reveal: () => Credentials, deps: AccountDeps): RegistrarAccount {
  async function get(path: string, query?: RegistrarCall['query']): Promise<RegistrarAnswer> {
    const { apiKey, apiSecret } = reveal();
    const authorization = `sso-key ${toHeaderText('godaddy', apiKey)}:${toHeaderText('godaddy', apiSecret)}`;
    const call = { method: 'GET', origin: deps.origins.api, path, headers: { authorization } } as const;
    return deps.send(query === undefined ? call : { ...call, query });
  }

  async function getOrRefuse(path: string, query: RegistrarCall['query']): Promise<RegistrarAnswer> {
    const answer = await get(path, query);
    requireServing('godaddy', answer, deps.now());
    requireAccess(answer);
    return answer;
  }

  return {
    /** @see https://developer.godaddy.com/doc/endpoint/domains#/v1/list, verified 2026-11-23 */
    async validate() {
      readJson('godaddy', requireOk(await getOrRefuse('/v1/domains', { limit: '1' })), DomainPage);
      const isChecked = await checkCustomerId(reveal().customerId ?? '', get);
      return { notices: isChecked ? [] : ['CUSTOMER_ID_NOT_CHECKED'], credentialsExpireAt: null };
    },

    async listPage(cursor) {
      const answer = requireOk(
        await getOrRefuse('/v1/domains', {
          limit: String(godaddyProfile.pageSize),
          includes: 'nameServers',
          statusGroups: 'VISIBLE',
          ...(cursor === null ? {} : { marker: cursor }),
        }),
      );
      const entries = readJson('godaddy', answer, DomainPage);
      const domains = entries.map(({ registration }) => registration).filter((domain) => domain !== null);
      return {
        domains,
        nextCursor: toNextMarker(
          entries.map(({ marker }) => marker),
          cursor,
        ),
        declaredTotal: null,
        skipped: entries.length - domains.length,
      };
    },

    /** @see https://developer.godaddy.com/doc/endpoint/domains#/v1/recordGet, verified 2026-11-23 */
    async readZone({ name, zone }: ZoneRequest): Promise<ZoneReading> {
      if (zone === 'ELSEWHERE') return { status: 'ELSEWHERE' };
      const records = new Map<string, CanonicalRecord>();
      for (let page = 1; page <= MAX_RECORD_PAGES; page++) {
        const answer = await getOrRefuse(`/v1/domains/${encodeURIComponent(name)}/records`, {
          limit: String(RECORDS_PER_PAGE),
          // The number of a page, whatever the documentation calls it; one past the end is 422. Verified 2026-11-23.
          ...(page === 1 ? {} : { offset: String(page) }),
        });
        if (page === 1 && isZoneElsewhere(answer)) return { status: 'ELSEWHERE' };
        if (answer.status === 422 && page > 1) return toReading(records);
        const batch = readJson('godaddy', requireOk(answer), toRecordPage(name));
        const known = records.size;
        for (const record of batch) records.set(JSON.stringify(record), record);
        if (batch.length < RECORDS_PER_PAGE) return toReading(records);
        if (records.size === known) break;
      }
      throw new SyncError('LIST_INCOMPLETE', { registrar: 'godaddy' });
    },
  };
}

/**
 * Whether the customer id was found to be this key's; false where GoDaddy doesn't let us see.
 *
 * @see https://developer.godaddy.com/doc/endpoint/shoppers#/v1/get, verified 2026-11-23
 */
async function checkCustomerId(
  customerId: string,
  get: (path: string) => Promise<RegistrarAnswer>,
): Promise<boolean> {
  const wrong = new SyncError('AUTHENTICATION_FAILED', { registrar: 'godaddy', reason: 'wrongCustomerId' });
  if (!/^[\w-]{1,64}$/.test(customerId)) throw wrong;
  let answer: RegistrarAnswer;
  try {
    answer = await get(`/v1/shoppers/${customerId}`);
  } catch (error) {
    // The key has been accepted by then: an outage of this one endpoint only leaves the id unproven.
    if (isSyncError(error)) return false;
    throw error;
  }
  if (answer.status === 404) throw wrong;
  const ids = answer.status === 200 ? (tryReadJson(answer, ShopperIds) ?? []) : [];
  if (ids.some((id) => id.toLowerCase() === customerId.toLowerCase())) return true;
  // An account has a number and a UUID: only ids of one kind contradict each other.
  if (ids.some((id) => isUuid(id) === isUuid(customerId))) throw wrong;
  return false;
}

function isUuid(id: string): boolean {
  return id.length === 36 && id.includes('-');
}

/** A page shorter than the limit is the last. The marker is exclusive, so a page that holds it went nowhere. */
function toNextMarker(markers: readonly string[], cursor: string | null): string | null {
  if (cursor !== null && markers.includes(cursor)) {
    throw new SyncError('LIST_INCOMPLETE', { registrar: 'godaddy' });
  }
  return markers.length < godaddyProfile.pageSize ? null : (markers.at(-1) ?? null);
}

function requireAccess({ status }: RegistrarAnswer): void {
  if (status === 401) throw new SyncError('INVALID_CREDENTIALS', { registrar: 'godaddy', status });
  if (status === 403) {
    throw new SyncError('ACCESS_NOT_GRANTED', { registrar: 'godaddy', status, reason: 'accountNotEligible' });
  }
}

/** 203 is an answer that lacks a part nobody asked for. */
function requireOk(answer: RegistrarAnswer): RegistrarAnswer {
  if (answer.status === 200 || answer.status === 203) return answer;
  throw toBadResponse('godaddy', { status: answer.status });
}

/** The registration may be in order all the same: GoDaddy has no zone for it. */
function isZoneElsewhere(answer: RegistrarAnswer): boolean {
  return answer.status === 404 && tryReadJson(answer, Refusal) === 'UNKNOWN_DOMAIN';
}

function toReading(records: ReadonlyMap<string, CanonicalRecord>): ZoneReading {
  return { status: 'FETCHED', ...collectRrsets([...records.values()]) };
}
