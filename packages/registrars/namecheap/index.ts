import { SyncError } from '#core/errors.ts';
import type {
  AccountDeps,
  Credentials,
  RegistrarAccount,
  RegistrarDefinition,
  ZoneRequest,
} from '#core/registrar.ts';
import type { ZoneReading } from '#core/rrset.ts';
import { collectRrsets } from '#core/rrsets.ts';
import { requireServing, toBadResponse, toFitting, toRateLimited } from '../answers.ts';
import { toNextPage, toPageNumber } from '../pages.ts';
import { toNamecheapError, toZoneRefusal } from './errors.ts';
import { namecheapProfile } from './profile.ts';
import { DomainList, toHostList } from './schema.ts';
import { childOf, childrenOf, parseXml, type XmlElement } from './xml.ts';

const PATH = '/xml.response';
const LIST = 'namecheap.domains.getList';
const HOSTS = 'namecheap.domains.dns.getHosts';

/** Namecheap by its XML API: one endpoint, the command in the form body, our address allow-listed by the user. */
export const namecheap: RegistrarDefinition = {
  ...namecheapProfile,
  readingCalls: [LIST, HOSTS].map((command) => ({ method: 'POST', path: /^\/xml\.response$/, command })),
  open: (credentials, deps) => openAccount(credentials.reveal, deps),
};

/** A refusal is data here: one of them is an ordinary result. */
type Outcome = { readonly response: XmlElement } | { readonly errors: readonly string[] };

function openAccount(reveal: () => Credentials, deps: AccountDeps): RegistrarAccount {
  const { address, call } = makeCaller(reveal, deps);

  async function readList(parameters: Readonly<Record<string, string>>) {
    const outcome = await call(LIST, { ListType: 'ALL', SortBy: 'NAME', ...parameters });
    if ('errors' in outcome) throw toNamecheapError(outcome.errors, address());
    return toFitting('namecheap', DomainList, outcome.response);
  }

  return {
    /** @see https://www.namecheap.com/support/api/methods/domains/get-list/, verified 2026-11-23 */
    async validate() {
      await readList({ Page: '1', PageSize: '10' });
      return { notices: [], credentialsExpireAt: null };
    },

    async listPage(cursor) {
      const page = toPageNumber('namecheap', cursor);
      const { pageSize } = namecheapProfile;
      const list = await readList({ Page: String(page), PageSize: String(pageSize) });
      if ((list.page ?? page) !== page) throw new SyncError('LIST_INCOMPLETE', { registrar: 'namecheap' });
      const { domains, total } = list;
      const next = toNextPage('namecheap', { page, pageSize, entries: domains.length, total });
      return {
        domains,
        nextCursor: next === null ? null : String(next),
        declaredTotal: total,
        skipped: 0,
      };
    },

    /** @see https://www.namecheap.com/support/api/methods/domains-dns/get-hosts/, verified 2026-11-23 */
    async readZone({ name, zone }: ZoneRequest): Promise<ZoneReading> {
      if (zone === 'ELSEWHERE') return { status: 'ELSEWHERE' };
      const dot = name.indexOf('.');
      const outcome = await call(HOSTS, { SLD: name.slice(0, dot), TLD: name.slice(dot + 1) });
      if ('errors' in outcome) {
        const status = toZoneRefusal(outcome.errors);
        if (status !== undefined) return { status };
        throw toNamecheapError(outcome.errors, address());
      }
      const hosts = toFitting('namecheap', toHostList(name), outcome.response);
      return hosts.isHere ? { status: 'FETCHED', ...collectRrsets(hosts.records) } : { status: 'ELSEWHERE' };
    },
  };
}

function makeCaller(reveal: () => Credentials, deps: AccountDeps) {
  /** @throws SyncError AUTHENTICATION_FAILED where this deployment has no fixed address to call from. */
  function address(): string {
    if (deps.egressAddress !== null) return deps.egressAddress;
    throw new SyncError('AUTHENTICATION_FAILED', { registrar: 'namecheap', reason: 'addressNotAllowed' });
  }

  /** Sends a command as a form: its key must not stand in a URL. */
  async function call(command: string, parameters: Readonly<Record<string, string>>): Promise<Outcome> {
    const { username, apiKey } = reveal();
    if (!username || !apiKey) throw new SyncError('INVALID_CREDENTIALS', { registrar: 'namecheap' });
    const answer = await deps.send({
      method: 'POST',
      origin: deps.origins.api,
      path: PATH,
      headers: { accept: 'application/xml', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ApiUser: username,
        ApiKey: apiKey,
        UserName: username,
        ClientIp: address(),
        Command: command,
        ...parameters,
      }).toString(),
    });
    // The sign of too many calls, without a word on how long to stay away. Verified 2026-11-23.
    if (answer.status === 405) throw toRateLimited('namecheap', answer, deps.now());
    requireServing('namecheap', answer, deps.now());
    if (answer.status !== 200) throw toBadResponse('namecheap', { status: answer.status });
    return toOutcome(parseXml(answer.body));
  }

  return { address, call };
}

/** The status stands above all: an error can come together with a made-up result. */
function toOutcome(root: XmlElement | undefined): Outcome {
  const status = root?.name === 'apiresponse' ? root.attributes.get('status')?.toUpperCase() : undefined;
  const response = childOf(root, 'commandresponse');
  if (status === 'OK' && response !== undefined) return { response };
  if (status !== 'ERROR') throw toBadResponse('namecheap', { status: 200 });
  return {
    errors: childrenOf(childOf(root, 'errors'), 'error').map((error) => error.attributes.get('number') ?? ''),
  };
}
