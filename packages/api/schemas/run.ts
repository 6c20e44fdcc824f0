import * as z from 'zod/mini';
import { RUN_TRIGGERS } from '#core/payloads.ts';
import { RUN_STATUSES, RUN_STEPS } from '#core/sync-run.ts';
import { Count, Id, Instant, NextCursor, NoticeJson, ProblemJson, pageQuery } from './common.ts';
import { ProgressJson } from './integration.ts';

/** One execution of the sync for one integration. */
export const RunJson = z
  .strictObject({
    runId: Id,
    integrationId: Id,
    trigger: z.enum(RUN_TRIGGERS),
    status: z.enum(RUN_STATUSES),
    step: z.enum(RUN_STEPS),
    steps: z.array(
      z.strictObject({ step: z.enum(RUN_STEPS), startedAt: Instant, endedAt: z.optional(Instant) }),
    ),
    startedAt: Instant,
    endedAt: z.nullable(Instant),
    progress: ProgressJson,
    counts: z.strictObject({
      listed: Count,
      new: Count,
      changed: Count,
      unchanged: Count,
      missing: Count,
      removed: Count,
      dnsFetched: Count,
      dnsElsewhere: Count,
      failed: Count,
    }),
    registrarCalls: Count,
    waitedForLimitMs: Count,
    problem: z.optional(ProblemJson),
    notices: z.array(NoticeJson),
  })
  .register(z.globalRegistry, { id: 'SyncRun' });
export type RunJson = z.input<typeof RunJson>;

export const RunList = z
  .strictObject({ items: z.array(RunJson), nextCursor: NextCursor })
  .register(z.globalRegistry, { id: 'SyncRunList' });

export const RunQuery = z.strictObject(pageQuery);
