import * as z from 'zod/mini';
import type { Integration } from '#core/integration.ts';
import { toIso } from '#core/ports/clock.ts';
import type { ApiDeps } from './deps.ts';
import { loadIntegrations, showRun, subjectOf } from './load.ts';
import type { ExportJson } from './schemas/tenant.ts';
import { toDomainJson, toRrsetJson } from './views/domain.ts';

/** Where an export goes on: behind a run or a domain of an integration, by the order of the integrations' ids. */
export const ExportCursor = z.strictObject({
  integrationId: z.string(),
  part: z.enum(['runs', 'domains']),
  after: z.optional(z.string()),
});
type Position = z.output<typeof ExportCursor>;

/**
 * A function may answer 6 MB, and the body travels as a JSON text inside it, every quote escaped: 3 MB leaves room
 * for that and for one more large zone.
 */
const MAX_BYTES = 3_000_000;
/** Zones are read one by one: so many fit well into the time that a request has. */
const MAX_DOMAINS = 2_000;
const RUNS_AT_ONCE = 100;
const DOMAINS_AT_ONCE = 50;

type Page = Omit<ExportJson, 'nextCursor'>;

/** A part of everything: each integration, its runs (newest first) and its domains with their records, in turn. */
export async function exportPage(
  deps: ApiDeps,
  tenantId: string,
  after: Position | undefined,
): Promise<Page & { readonly next: Position | undefined }> {
  const [integrations, settings, cards] = await Promise.all([
    deps.stores.integrations.list(tenantId),
    deps.stores.tenants.settings(tenantId),
    loadIntegrations(deps, tenantId),
  ]);
  const { expiringSoonDays } = settings;
  const exportedAt = toIso(deps.clock.now());
  const page: Page = { exportedAt, settings: { expiringSoonDays }, integrations: [], runs: [], domains: [] };
  const room = createRoom();
  const left = [...integrations]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .filter(({ id }) => after === undefined || id >= after.integrationId);
  for (const integration of left) {
    let position: Position | undefined = after?.integrationId === integration.id ? after : undefined;
    if (position === undefined) {
      room.take(
        page.integrations,
        cards.filter(({ id }) => id === integration.id),
      );
      position = { integrationId: integration.id, part: 'runs' };
    }
    while (position !== undefined) {
      if (room.isFull()) return { ...page, next: position };
      position =
        position.part === 'runs'
          ? await addRuns(deps, integration, { page, room, position })
          : await addDomains(deps, integration, { page, room, position, soonDays: expiringSoonDays });
    }
  }
  return { ...page, next: undefined };
}

interface Filling {
  readonly page: Page;
  readonly room: Room;
  readonly position: Position;
}

async function addRuns(
  deps: ApiDeps,
  integration: Integration,
  { page, room, position }: Filling,
): Promise<Position> {
  const { items, next } = await deps.stores.runs.list(integration.id, RUNS_AT_ONCE, position.after);
  const shown = items.map((run) => showRun(deps, integration, run));
  const taken = room.take(page.runs, shown);
  if (taken < items.length) return { ...position, after: items[taken - 1]?.runId };
  const { integrationId } = position;
  return next === undefined ? { integrationId, part: 'domains' } : { ...position, after: next };
}

async function addDomains(
  deps: ApiDeps,
  integration: Integration,
  { page, room, position, soonDays }: Filling & { readonly soonDays: number },
): Promise<Position | undefined> {
  const rows = await deps.stores.domains.listByName(integration.id, DOMAINS_AT_ONCE, position.after);
  const facts = { integration, subject: subjectOf(deps, integration), nowMs: deps.clock.now(), soonDays };
  const domains = await Promise.all(
    rows.map(async (row) => {
      const rrsets = (await deps.stores.zones.get(integration.id, row.name)) ?? [];
      return { ...toDomainJson(row, facts), rrsets: rrsets.map(toRrsetJson) };
    }),
  );
  // A batch of large zones may be too much for one answer: what doesn't fit comes with the next.
  const taken = room.take(page.domains, domains);
  const last = rows[taken - 1];
  if (last === undefined || (taken === rows.length && rows.length < DOMAINS_AT_ONCE)) return undefined;
  return { ...position, after: last.name };
}

interface Room {
  /** Adds items as long as there is room, at least one of them; gives how many. */
  take<T>(list: T[], items: readonly T[]): number;
  isFull(): boolean;
}

function createRoom(): Room {
  let bytes = 0;
  let count = 0;
  const isFull = () => bytes >= MAX_BYTES || count >= MAX_DOMAINS;
  return {
    isFull,
    take(list, items) {
      let taken = 0;
      for (const item of items) {
        if (taken > 0 && isFull()) break;
        list.push(item);
        bytes += Buffer.byteLength(JSON.stringify(item));
        count += 1;
        taken += 1;
      }
      return taken;
    },
  };
}
