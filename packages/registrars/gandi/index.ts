import { SyncError } from '#core/errors.ts';
import type {
  AccountDeps,
  Credentials,
  ListPage,
  RegistrarAccount,
  RegistrarAnswer,
  RegistrarCall,
  RegistrarDefinition,
  Validation,
  ZoneRequest,
} from '#core/registrar.ts';
import type { ZoneReading } from '#core/rrset.ts';
import { type CanonicalRecord, collectRrsets } from '#core/rrsets.ts';
import type { Secret } from '#core/secret.ts';
import { readJson, requireServing, toBadResponse, toFitting, tryReadJson } from '../answers.ts';
import { toHeaderText } from '../header-text.ts';
import { toLaterPages, toNextPage, toPageNumber } from '../pages.ts';
import { gandiProfile } from './profile.ts';
import { toRecords } from './records.ts';
import { RecordSets, Refusal, TotalCount, toDomainPage } from './schema.ts';
import { describeToken } from './token.ts';

/**
 * Gandi by its API v5 and a personal access token. Addresses in answers (`href`, `Link`) are never followed: those of
 * the sandbox name other hosts.
 *
 * @see https://api.gandi.net/docs/, verified 2026-11-23
 */
export const gandi: RegistrarDefinition = {
  ...gandiProfile,
  readingCalls: [
    { method: 'GET', path: /^\/tokeninfo$/ },
    { method: 'GET', path: /^\/v5\/domain\/domains$/ },
    { method: 'GET', path: /^\/v5\/livedns\/domains\/[^/]+\/records$/ },
  ],
  open: openAccount,
};

const DOMAINS_PATH = '/v5/domain/domains';
const { pageSize } = gandiProfile;
const SETS_PER_PAGE = 100;
/** A zone of more pages than this is no zone that LiveDNS would serve. */
const MAX_RECORD_PAGES = 100;

function openAccount(credentials: Secret<Credentials>, deps: AccountDeps): RegistrarAccount {
  async function get(
    origin: string,
    path: string,
    query: RegistrarCall['query'] = {},
  ): Promise<RegistrarAnswer> {
    const token = toHeaderText('gandi', credentials.reveal().apiToken);
    return deps.send({ method: 'GET', origin, path, query, headers: { authorization: `Bearer ${token}` } });
  }

  async function getOrRefuse(path: string, query: RegistrarCall['query']): Promise<RegistrarAnswer> {
    const answer = await get(deps.origins.api, path, query);
    requireServing('gandi', answer, deps.now());
    if (answer.status === 401) {
      throw new SyncError('INVALID_CREDENTIALS', { registrar: 'gandi', status: answer.status });
    }
    return answer;
  }

  async function listDomains(query: RegistrarCall['query']) {
    const answer = await getOrRefuse(DOMAINS_PATH, query);
    requireOk(answer);
    return { domains: readJson('gandi', answer, toDomainPage(deps.now())), total: readTotal(answer) };
  }

  return {
    /** The token's own description, then the listing: a token may be alive and have no right to list. */
    async validate(): Promise<Validation> {
      const { api, identity = api } = deps.origins;
      const validation = await describeToken(() => get(identity, '/tokeninfo'), deps.now);
      await listDomains({ per_page: '1' });
      return validation;
    },

    /** @see https://api.gandi.net/docs/domains/, verified 2026-11-23 */
    async listPage(cursor): Promise<ListPage> {
      const page = toPageNumber('gandi', cursor);
      const query = { page: String(page), per_page: String(pageSize), sort_by: 'fqdn' };
      const { domains, total } = await listDomains(query);
      const facts = { page, pageSize, entries: domains.length, total };
      const next = toNextPage('gandi', facts);
      return {
        domains,
        nextCursor: next === null ? null : String(next),
        laterCursors: next === null ? [] : toLaterPages(facts).map(String),
        declaredTotal: total,
        skipped: 0,
      };
    },

    /** @see https://api.gandi.net/docs/livedns/, verified 2026-11-23 */
    async readZone({ name, zone }: ZoneRequest): Promise<ZoneReading> {
      if (zone === 'NOT_PERMITTED' || zone === 'ELSEWHERE') return { status: zone };
      const records: CanonicalRecord[] = [];
      for (let page = 1; page <= MAX_RECORD_PAGES; page++) {
        const answer = await getOrRefuse(`/v5/livedns/domains/${encodeURIComponent(name)}/records`, {
          page: String(page),
          per_page: String(SETS_PER_PAGE),
        });
        const refused = toZoneRefusal(answer);
        if (refused !== undefined) return { status: refused };
        requireOk(answer);
        const sets = readJson('gandi', answer, RecordSets);
        records.push(...toRecords(sets, name));
        const facts = { page, pageSize: SETS_PER_PAGE, entries: sets.length, total: readTotal(answer) };
        if (toNextPage('gandi', facts) === null) return { status: 'FETCHED', ...collectRrsets(records) };
      }
      throw new SyncError('LIST_INCOMPLETE', { registrar: 'gandi' });
    },
  };
}

/** Not on LiveDNS is 404; a token without the right to technical configurations lists names and reads no zone: 403. */
function toZoneRefusal(answer: RegistrarAnswer): 'ELSEWHERE' | 'NOT_PERMITTED' | undefined {
  if (tryReadJson(answer, Refusal) === undefined) return undefined;
  if (answer.status === 404) return 'ELSEWHERE';
  return answer.status === 403 ? 'NOT_PERMITTED' : undefined;
}

/** 400 is said of calls that are not understood: a defect of ours. */
function requireOk({ status }: RegistrarAnswer): void {
  if (status === 200) return;
  if (status === 403) {
    throw new SyncError('ACCESS_NOT_GRANTED', { registrar: 'gandi', status, reason: 'scopeMissing' });
  }
  if (status === 400) throw new SyncError('INTERNAL', { registrar: 'gandi', status });
  throw toBadResponse('gandi', { status });
}

function readTotal({ headers }: RegistrarAnswer): number | null {
  return toFitting('gandi', TotalCount, headers['total-count']);
}
