import type { Notice, Problem } from '#core/integration.ts';
import type { RunTrigger } from '#core/payloads.ts';
import type { RunStore } from '#core/ports/stores.ts';
import { RUN_STEPS, type RunCounts, type RunStatus, type RunStep, type SyncRun } from '#core/sync-run.ts';
import { absent, allOf, differs, equal, exists } from './conditions.ts';
import {
  readNumber,
  readNumberOrNull,
  readStructure,
  readStructureOrNull,
  readText,
  readTextOrNull,
} from './fields.ts';
import { deleteAllOfQuery, isWritten, type Row, type RowStore, unlessRefused, type Value } from './rows.ts';
import { KEPT_SECONDS, KEY, PREFIX, toIntegrationPartition, toTtl } from './table.ts';
import { toSetOrRemove, withoutNulls } from './updates.ts';

/** Sync runs over rows of the Portfolio table, kept 400 days from their start. */
export function createRunStore(rows: RowStore): RunStore {
  const partition = (integrationId: string) => ({
    pk: toIntegrationPartition(integrationId),
    sk: { beginsWith: PREFIX.run },
  });

  return {
    async create(run) {
      await isWritten(rows.put(toItem(run), absent('PK')));
    },
    async get(integrationId, runId) {
      const row = await rows.get(KEY.run(integrationId, runId), { consistent: true });
      return row && fromItem(row);
    },
    async list(integrationId, limit, after) {
      const page = await rows.query({
        ...partition(integrationId),
        descending: true,
        consistent: true,
        // one more tells whether there are more
        limit: limit + 1,
        ...(after !== undefined && { startAfter: { ...KEY.run(integrationId, after) } }),
      });
      const items = page.rows.slice(0, limit).map(fromItem);
      const last = items.at(-1);
      const hasMore = page.rows.length > limit || (page.next !== undefined && page.rows.length < limit);
      return hasMore && last !== undefined ? { items, next: last.runId } : { items };
    },
    async note(integrationId, runId, change) {
      const { steps, progress, addDone, problem, notices } = change;
      const done = progress?.domainsDone;
      const { set, remove } = toSetOrRemove({
        domainsListed: progress?.domainsListed,
        // DynamoDB refuses two changes of one attribute
        domainsDone: done === undefined ? undefined : done + (addDone ?? 0),
        domainsTotal: progress?.domainsTotal,
        problem: problem as Value | undefined,
        notices: notices as Value | undefined,
        executionName: change.executionName,
      });
      const setIfAbsent = toStepFields(steps ?? {});
      const add = done === undefined && addDone ? { domainsDone: addDone } : {};
      const isEmpty =
        [set, setIfAbsent, add].every((part) => Object.keys(part).length === 0) && remove.length === 0;
      if (isEmpty) return;
      const update = { set, setIfAbsent, add, remove };
      await unlessRefused(rows.update(KEY.run(integrationId, runId), update, equal('status', 'RUNNING')));
    },
    end(run) {
      const { integrationId, runId, status, endedAt, problem, notices, counts } = run;
      const fields = {
        status,
        endedAt,
        problem: problem as Value,
        notices: notices as unknown as Value,
        counts: counts as unknown as Value,
        registrarCalls: run.registrarCalls,
        waitedForLimitMs: run.waitedForLimitMs,
      };
      const update = { ...toSetOrRemove(fields), setIfAbsent: toStepFields(run.stepStartedAt) };
      return isWritten(rows.update(KEY.run(integrationId, runId), update, equal('status', 'RUNNING')));
    },
    async amend(integrationId, runId, { counts, notices }) {
      const set = { counts: counts as unknown as Value, notices: notices as unknown as Value };
      const isOver = allOf(exists('status'), differs('status', 'RUNNING'));
      await unlessRefused(rows.update(KEY.run(integrationId, runId), { set }, isOver));
    },
    deleteAll: (integrationId) => deleteAllOfQuery(rows, partition(integrationId)),
  };
}

/** A step's start is an attribute of its own, so that the first to note it is kept by one conditional update. */
const toStepAttribute = (step: RunStep): string => `startedAt#${step}`;

function toStepFields(steps: SyncRun['stepStartedAt']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(steps).map(([step, at]) => [toStepAttribute(step as RunStep), at]),
  );
}

function toItem(run: SyncRun): Row {
  const { progress, stepStartedAt, problem, notices, counts, ...plain } = run;
  return {
    ...KEY.run(run.integrationId, run.runId),
    ...withoutNulls({
      ...plain,
      ...progress,
      problem: problem as Value,
      notices: notices as unknown as Value,
      counts: counts as unknown as Value,
    }),
    ...toStepFields(stepStartedAt),
    ttl: toTtl(Date.parse(run.startedAt), KEPT_SECONDS.run),
  };
}

function fromItem(row: Row): SyncRun {
  const steps = RUN_STEPS.map((step) => [step, row[toStepAttribute(step)]] as const);
  return {
    runId: readText(row, 'runId'),
    tenantId: readText(row, 'tenantId'),
    integrationId: readText(row, 'integrationId'),
    epoch: readNumber(row, 'epoch'),
    trigger: readText(row, 'trigger') as RunTrigger,
    executionName: readText(row, 'executionName'),
    status: readText(row, 'status') as RunStatus,
    startedAt: readText(row, 'startedAt'),
    endedAt: readTextOrNull(row, 'endedAt'),
    stepStartedAt: Object.fromEntries(steps.filter(([, at]) => at !== undefined)) as SyncRun['stepStartedAt'],
    counts: readStructure<RunCounts>(row, 'counts'),
    progress: {
      domainsListed: readNumber(row, 'domainsListed'),
      domainsDone: readNumber(row, 'domainsDone'),
      domainsTotal: readNumberOrNull(row, 'domainsTotal'),
    },
    registrarCalls: readNumber(row, 'registrarCalls'),
    waitedForLimitMs: readNumber(row, 'waitedForLimitMs'),
    problem: readStructureOrNull<Problem>(row, 'problem'),
    notices: readStructure<readonly Notice[]>(row, 'notices'),
  };
}
