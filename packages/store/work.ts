import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { SupersededError } from '#core/errors.ts';
import type { Claim, ListedPage, StepState, WorkStore } from '#core/ports/stores.ts';
import { absent, allOf, anyOf, atMost, below, type Condition, equal, notNewerThan } from './conditions.ts';
import {
  readBytes,
  readNumber,
  readNumberOrNull,
  readStructure,
  readText,
  readTextOrNull,
} from './fields.ts';
import {
  deleteAllOfQuery,
  isWritten,
  pagesOf,
  type Row,
  type RowStore,
  unlessRefused,
  type Value,
} from './rows.ts';
import { KEPT_SECONDS, KEY, LAST, PREFIX, toIntegrationPartition, toTtl } from './table.ts';
import { toSetOrRemove, withoutNulls } from './updates.ts';

/** How long a claim keeps copies of its message out: longer than a worker lives (120 s). */
const CLAIM_MS = 125_000;

/** The working rows of runs over rows of the Portfolio table, kept 7 days from their last claim or writing. */
export function createWorkStore(rows: RowStore, now: () => number): WorkStore {
  const expiry = () => toTtl(now(), KEPT_SECONDS.work);
  const pageRange = (integrationId: string, runId: string, fromPage: number) => ({
    pk: toIntegrationPartition(integrationId),
    sk: {
      between: [KEY.page(integrationId, runId, fromPage).SK, `${PREFIX.work}${runId}#P#${LAST}`] as const,
    },
  });

  return {
    async claim({ integrationId, runId, epoch }, step, claim) {
      const { atMs, ...right } = claim;
      const update = { set: { ...right, claimedAtMs: atMs, step, epoch, ttl: expiry() } };
      const key = KEY.step(integrationId, runId, step);
      const claimed = await unlessRefused(rows.updateAndRead(key, update, mayClaim(claim)));
      if (claimed === undefined) {
        // A step that is done answers whoever asks: a run that goes on in a further execution asks again.
        const held = await rows.get(key, { consistent: true });
        if (held?.done === true) return { outcome: 'done', state: toState(held) };
        return { outcome: held !== undefined && isOfMessage(held, claim) ? 'busy' : 'dropped' };
      }
      const state = toState(claimed);
      return { outcome: state.done ? 'done' : 'claimed', state };
    },
    save({ integrationId, runId }, step, claim, state) {
      const fields = {
        done: state.done,
        result: toJson(state.result),
        position: toJson(state.position),
        calls: state.calls,
        waitedMs: state.waitedMs,
      };
      return isWritten(
        rows.update(KEY.step(integrationId, runId, step), toSetOrRemove(fields), isClaimOf(claim)),
      );
    },
    async read(integrationId, runId, step) {
      const row = await rows.get(KEY.step(integrationId, runId, step), { consistent: true });
      return row && toState(row);
    },
    async listSteps(integrationId, runId) {
      const query = {
        pk: toIntegrationPartition(integrationId),
        sk: { beginsWith: `${PREFIX.work}${runId}#S#` },
        consistent: true,
      };
      const steps: (StepState & { step: string })[] = [];
      for await (const page of pagesOf(rows, query))
        steps.push(...page.map((row) => ({ step: readText(row, 'step'), ...toState(row) })));
      return steps;
    },
    async putPage({ integrationId, runId, epoch }, page) {
      const row = {
        ...KEY.page(integrationId, runId, page.page),
        ...toPageFields(page),
        epoch,
        ttl: expiry(),
      };
      if (!(await isWritten(rows.put(row, notNewerThan(epoch)))))
        throw new SupersededError('a newer run wrote this page');
    },
    async getPage(integrationId, runId, page) {
      const row = await rows.get(KEY.page(integrationId, runId, page), { consistent: true });
      return row && toPage(row);
    },
    async *pages(integrationId, runId) {
      const query = { ...pageRange(integrationId, runId, 0), consistent: true };
      for await (const page of pagesOf(rows, query)) for (const row of page) yield toPage(row);
    },
    dropPages: (integrationId, runId, fromPage) =>
      deleteAllOfQuery(rows, pageRange(integrationId, runId, fromPage)),
    deleteAll: (integrationId) =>
      deleteAllOfQuery(rows, { pk: toIntegrationPartition(integrationId), sk: { beginsWith: PREFIX.work } }),
  };
}

function mayClaim(claim: Claim): Condition {
  return anyOf(
    absent('attempt'),
    below('attempt', claim.attempt),
    allOf(equal('attempt', claim.attempt), below('hop', claim.hop)),
    // The same message again, after its worker died; a claim without an instant is older code's.
    allOf(isMessageOf(claim), anyOf(absent('claimedAtMs'), atMost('claimedAtMs', claim.atMs - CLAIM_MS))),
  );
}

function isClaimOf(claim: Claim): Condition {
  return allOf(isMessageOf(claim), equal('claimedAtMs', claim.atMs));
}

function isMessageOf({ attempt, hop, messageId }: Claim): Condition {
  return allOf(equal('attempt', attempt), equal('hop', hop), equal('messageId', messageId));
}

function isOfMessage(row: Row, { attempt, hop, messageId }: Claim): boolean {
  return row.attempt === attempt && row.hop === hop && row.messageId === messageId;
}

function toState(row: Row): StepState {
  return {
    done: row.done === true,
    result: fromJson(row, 'result'),
    position: fromJson(row, 'position'),
    calls: readNumberOrNull(row, 'calls') ?? 0,
    waitedMs: readNumberOrNull(row, 'waitedMs') ?? 0,
  };
}

/** What a step remembers is stored as JSON, so that undefined, null and empty come back as they went. */
function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function fromJson(row: Row, name: string): unknown {
  const text = readTextOrNull(row, name);
  return text === null ? undefined : JSON.parse(text);
}

/** Names are packed: a name is never empty and holds no line feed, and what repeats in a thousand of them is squeezed. */
function toPageFields({ zoneNames, otherNames, ...plain }: ListedPage) {
  return withoutNulls({
    ...plain,
    counts: plain.counts as unknown as Value,
    zoneNames: deflateRawSync(zoneNames.join('\n')),
    otherNames: deflateRawSync(otherNames.join('\n')),
  });
}

function toPage(row: Row): ListedPage {
  const toNames = (name: string) =>
    inflateRawSync(readBytes(row, name))
      .toString('utf8')
      .split('\n')
      .filter((part) => part !== '');
  return {
    page: readNumber(row, 'page'),
    zoneNames: toNames('zoneNames'),
    otherNames: toNames('otherNames'),
    zoneOffset: readNumber(row, 'zoneOffset'),
    nextCursor: readTextOrNull(row, 'nextCursor'),
    declaredTotal: readNumberOrNull(row, 'declaredTotal'),
    skipped: readNumber(row, 'skipped'),
    counts: readStructure<ListedPage['counts']>(row, 'counts'),
  };
}
