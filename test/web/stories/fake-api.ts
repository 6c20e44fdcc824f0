import type { Integration, SyncRun } from '../../../packages/web/src/api/types.gen.ts';
import { createApi } from '../support/api-answers.ts';
import type { Portfolio } from '../support/portfolio.ts';
import type { Answer } from '../support/static-site.ts';
import { type StoryAnswer, type StoryAnswers, toProblem } from './story.ts';

/** The API of a story, in the page. */
export interface FakeApi {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Calls that are to be answered, and are not yet. */
  readonly pending: number;
}

const STEPS = ['VALIDATE_API_ACCESS', 'FETCH_DOMAINS', 'FETCH_DNS_RECORDS', 'SAVE'] as const;

/** Answers from a portfolio, which changes by what is sent; `answers` come first. */
export function createFakeApi(portfolio: Portfolio, answers: StoryAnswers = {}): FakeApi {
  let state = portfolio;
  let read = createApi(state);
  let pending = 0;
  /** By integration, at which step each sync is that was started here. */
  const started = new Map<string, number>();
  const set = (changes: Partial<Portfolio>): void => {
    state = { ...state, ...changes };
    read = createApi(state);
  };
  const put = (integration: Integration): Answer => {
    const others = state.integrations.filter(({ id }) => id !== integration.id);
    set({ integrations: [integration as Portfolio['integrations'][number], ...others] });
    return { body: integration };
  };
  /** Each time that somebody looks, a sync has gone on by a step. */
  const moveOn = (): void => {
    for (const [id, at] of started) {
      const { currentRun, ...integration } = find(state, id);
      const step = STEPS[at];
      if (step && currentRun) put({ ...integration, currentRun: { ...currentRun, step } });
      else {
        put({ ...integration, status: 'SYNCED', lastSyncedAt: new Date().toISOString() });
        started.delete(id);
        continue;
      }
      started.set(id, at + 1);
    }
  };
  const sync = (integration: Integration): Integration => {
    const { problem: _problem, ...calm } = integration;
    const lastAttemptAt = new Date().toISOString();
    started.set(integration.id, 0);
    return { ...calm, status: 'SYNCING', lastAttemptAt, currentRun: toFirstRun(integration.id) };
  };

  const change = (method: string, [kind, id = '', part]: readonly string[], body: unknown): Answer => {
    const changes = Object(body) as Record<string, unknown>;
    switch (`${method} ${kind}${part === undefined ? '' : `/${part}`}`) {
      case 'POST integrations':
        return { ...put(sync(toNew(changes, state))), status: 201 };
      case 'PATCH integrations':
        return put({ ...find(state, id), ...changes });
      case 'PUT integrations/credentials':
        return put(sync(find(state, id)));
      case 'POST integrations/sync':
        return { status: 202, body: toRun(put(sync(find(state, id))).body as Integration) };
      case 'POST integrations/listing':
        return put({ ...find(state, id), notices: [] });
      case 'DELETE integrations':
        set({
          integrations: state.integrations.filter((each) => each.id !== id),
          domains: state.domains.filter(({ integrationId }) => integrationId !== id),
        });
        return { status: 204 };
      case 'PATCH settings':
        set({ settings: { ...state.settings, ...changes } });
        return { body: state.settings };
      case 'DELETE account':
        return { status: 204 };
      default:
        throw new Error(`no story knows ${method} ${kind}`);
    }
  };

  const toAnswer = (method: string, url: URL, body: string): StoryAnswer => {
    const chosen = Object.entries(answers).find(([pattern]) => fits(pattern, `${method} ${url.pathname}`));
    if (chosen) return chosen[1];
    if (method !== 'GET') return change(method, url.pathname.split('/').slice(2), JSON.parse(body || '{}'));
    if (url.pathname === '/v1/integrations') moveOn();
    return read({ method, path: url.pathname, query: url.searchParams, body }) ?? NOT_FOUND;
  };

  return {
    get pending() {
      return pending;
    },
    async fetch(url, { method = 'GET', body }) {
      const answer = toAnswer(method, new URL(url, 'https://stories.example'), String(body ?? ''));
      if (answer === 'never') return new Promise(() => undefined);
      pending += 1;
      try {
        // no answer comes within the same task
        await new Promise((resolve) => setTimeout(resolve, 0));
        if (answer === 'unreachable') throw new TypeError('Failed to fetch');
        return toResponse(answer);
      } finally {
        pending -= 1;
      }
    },
  };
}

function fits(pattern: string, call: string): boolean {
  const parts = pattern.split('/');
  const given = call.split('/');
  return parts.length === given.length && parts.every((part, at) => part === '*' || part === given[at]);
}

function toResponse({ status = 200, headers, body }: Answer): Response {
  const type = 'type' in Object(body) ? 'application/problem+json' : 'application/json';
  const text = body === undefined ? null : JSON.stringify(body);
  return new Response(text, { status, headers: { 'content-type': type, ...headers } });
}

function find({ integrations }: Portfolio, id: string): Integration {
  const found = integrations.find((each) => each.id === id);
  if (!found) throw new Error(`no story has the integration ${id}`);
  return found as Integration;
}

function toNew(changes: Readonly<Record<string, unknown>>, { integrations }: Portfolio): Integration {
  const id = `new2integration22222222222${integrations.length}`;
  const at = new Date().toISOString();
  return {
    id,
    registrar: changes.registrar as Integration['registrar'],
    environment: 'production',
    label: typeof changes.label === 'string' ? changes.label : null,
    maskedId: `...${id.slice(-5)}`,
    status: 'IDLE',
    paused: false,
    counts: { total: 0, active: 0, expiringSoon: 0, expired: 0 },
    lastSyncedAt: null,
    lastAttemptAt: null,
    nextSyncAt: null,
    notices: [],
    credentials: { updatedAt: at, expiresAt: null },
    createdAt: at,
  };
}

const toFirstRun = (id: string): NonNullable<Integration['currentRun']> => ({
  runId: `0mih0000${id.slice(0, 18)}`,
  step: 'VALIDATE_API_ACCESS',
  progress: { domainsListed: 0, domainsDone: 0, domainsTotal: null },
});

function toRun({ id, lastAttemptAt }: Integration): SyncRun {
  const startedAt = lastAttemptAt ?? new Date().toISOString();
  return {
    ...toFirstRun(id),
    integrationId: id,
    trigger: 'MANUAL',
    status: 'RUNNING',
    steps: [{ step: 'VALIDATE_API_ACCESS', startedAt }],
    startedAt,
    endedAt: null,
    counts: {
      listed: 0,
      new: 0,
      changed: 0,
      unchanged: 0,
      missing: 0,
      removed: 0,
      dnsFetched: 0,
      dnsElsewhere: 0,
      failed: 0,
    },
    registrarCalls: 0,
    waitedForLimitMs: 0,
    notices: [],
  };
}

const NOT_FOUND = toProblem(404, 'NOT_FOUND', ['Not found', 'There is nothing here.']);
