import type * as z from 'zod/mini';
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
import { readJson, requireServing, toBadResponse, tryReadJson } from '../answers.ts';
import { toHeaderText } from '../header-text.ts';
import { toNextPage, toPageNumber } from '../pages.ts';
import { namecomProfile } from './profile.ts';
import { toRecords } from './records.ts';
import { DomainPage, Hello, RecordPage, Refusal } from './schema.ts';

/**
 * Name.com by its API core/v1, in the dialect of v4 too: what is zero may be missing.
 *
 * @see https://docs.name.com, verified 2026-11-23
 */
export const namecom: RegistrarDefinition = {
  ...namecomProfile,
  readingCalls: [
    { method: 'GET', path: /^\/core\/v1\/hello$/ },
    { method: 'GET', path: /^\/core\/v1\/domains$/ },
    { method: 'GET', path: /^\/core\/v1\/domains\/[^/]+\/records$/ },
  ],
  // User names are the same in any letter case.
  open: openAccount,
};

const { pageSize } = namecomProfile;
const RECORDS_PER_PAGE = 1_000;
/** A zone of more pages than this is no zone that Name.com would serve. */
const MAX_RECORD_PAGES = 40;

function openAccount(credentials: Secret<Credentials>, deps: AccountDeps): RegistrarAccount {
  async function get<T>(
    path: string,
    form: z.ZodMiniType<T>,
    query: RegistrarCall['query'] = {},
  ): Promise<T> {
    const authorization = toBasic(credentials.reveal());
    const { api: origin } = deps.origins;
    const answer = await deps.send({ method: 'GET', origin, path, query, headers: { authorization } });
    requireServing('namecom', answer, deps.now());
    requireOk(answer);
    return readJson('namecom', answer, form);
  }

  return {
    /** @see https://docs.name.com (Hello), verified 2026-11-23 */
    async validate(): Promise<Validation> {
      await get('/core/v1/hello', Hello);
      return { notices: [], credentialsExpireAt: null };
    },

    /** @see https://docs.name.com (Domains, List Domains), verified 2026-11-23 */
    async listPage(cursor): Promise<ListPage> {
      const page = toPageNumber('namecom', cursor);
      const query = { perPage: String(pageSize), page: String(page), sort: 'domainName', dir: 'asc' };
      const answer = await get('/core/v1/domains', DomainPage, query);
      const next = toNext(answer, page, pageSize);
      return {
        domains: answer.entries,
        nextCursor: next === null ? null : String(next),
        declaredTotal: answer.total,
        skipped: 0,
      };
    },

    /** @see https://docs.name.com (DNS, List Records), verified 2026-11-23 */
    async readZone({ name, zone }: ZoneRequest): Promise<ZoneReading> {
      if (zone === 'NOT_PERMITTED' || zone === 'ELSEWHERE') return { status: zone };
      const records: CanonicalRecord[] = [];
      for (let page = 1; page <= MAX_RECORD_PAGES; page++) {
        const path = `/core/v1/domains/${encodeURIComponent(name)}/records`;
        const query = { perPage: String(RECORDS_PER_PAGE), page: String(page) };
        const answer = await get(path, RecordPage, query);
        records.push(...toRecords(answer.entries, name));
        if (toNext(answer, page, RECORDS_PER_PAGE) === null) {
          return { status: 'FETCHED', ...collectRrsets(records) };
        }
      }
      throw new SyncError('LIST_INCOMPLETE', { registrar: 'namecom' });
    },
  };
}

interface Page {
  readonly entries: readonly unknown[];
  readonly total: number | null;
  readonly nextPage: number | null;
}

/**
 * The total proves the end. Without one a page that isn't full is followed only where a later page is named: the
 * documentation's own example names the page itself.
 */
function toNext({ entries, total, nextPage }: Page, page: number, size: number): number | null {
  const next = toNextPage('namecom', { page, pageSize: size, entries: entries.length, total });
  if (next !== null || total !== null || entries.length === 0) return next;
  return nextPage !== null && nextPage > page ? page + 1 : null;
}

/** A colon would end the user name (RFC 7617 §2): none has one. */
function toBasic({ username, apiToken }: Credentials): string {
  const user = toHeaderText('namecom', username);
  const token = toHeaderText('namecom', apiToken);
  if (user.includes(':')) throw new SyncError('INVALID_CREDENTIALS', { registrar: 'namecom' });
  return `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
}

/** @see https://docs.name.com (Errors), verified 2026-11-23 */
function requireOk(answer: RegistrarAnswer): void {
  const { status } = answer;
  if (status === 200) return;
  const facts = { registrar: 'namecom', status } as const;
  if (status === 401) throw new SyncError('INVALID_CREDENTIALS', facts);
  if (status === 403) {
    throw namesAddress(answer)
      ? new SyncError('AUTHENTICATION_FAILED', { ...facts, reason: 'addressNotAllowed' })
      : new SyncError('ACCESS_NOT_GRANTED', { ...facts, reason: 'apiAccessOff' });
  }
  // Calls that are not understood: a defect of ours.
  if (status === 400 || status === 415 || status === 422) throw new SyncError('INTERNAL', facts);
  throw toBadResponse('namecom', { status });
}

/** Two-step verification without API access and a list of allowed addresses are refused alike, if not in words. */
function namesAddress(answer: RegistrarAnswer): boolean {
  return /\bIP\b|allow-?list|white-?list/i.test(tryReadJson(answer, Refusal) ?? '');
}
