import * as z from 'zod/mini';
import { REGISTRAR_IDS } from './registrar-id.ts';

/**
 * What travels through Step Functions and SQS. Ids and numbers only: no credential, no domain name and nothing that
 * a registrar said ever enters a state or a queue. All schemas are closed: an unknown field is refused.
 */

const Id = z.string().check(z.regex(/^[a-z0-9]{8,64}$/));

export const RUN_TRIGGERS = ['ADDED', 'MANUAL', 'SCHEDULED', 'CREDENTIALS_UPDATED'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/** Which run of which integration: the input of an execution and part of every message. */
export const RunRef = z.strictObject({
  tenantId: Id,
  integrationId: Id,
  registrar: z.enum(REGISTRAR_IDS),
  runId: Id,
  /** The fence: only the run with the integration's present epoch may write. */
  epoch: z.int().check(z.positive()),
  trigger: z.enum(RUN_TRIGGERS),
});
export type RunRef = z.infer<typeof RunRef>;

/** Input of an execution. `firstRange` is set where a run goes on in a further execution (more than 900 ranges). */
export const WorkflowInput = z.extend(RunRef, { firstRange: z.optional(z.int().check(z.positive())) });
export type WorkflowInput = z.infer<typeof WorkflowInput>;

const delivery = {
  taskToken: z.string().check(z.minLength(1), z.maxLength(2048)),
  /** How often the workflow tried this step before: 0, 1, 2. */
  attempt: z.int().check(z.gte(0), z.lte(10)),
  /** How often the message was parked. */
  hop: z.int().check(z.gte(0), z.lte(100_000)),
};

/** A message on a registrar's queue: one step of a run that talks to the registrar. */
export const RegistrarMessage = z.discriminatedUnion('kind', [
  z.extend(RunRef, { kind: z.literal('validate'), ...delivery }),
  z.extend(RunRef, { kind: z.literal('list'), ...delivery }),
  z.extend(RunRef, { kind: z.literal('dns'), range: z.int().check(z.positive()), ...delivery }),
]);
export type RegistrarMessage = z.infer<typeof RegistrarMessage>;

/** What `list` answers to the workflow: into how many ranges the zones to read fall. */
export const ListOutcome = z.strictObject({ ranges: z.int().check(z.gte(0)) });
export type ListOutcome = z.infer<typeof ListOutcome>;

/** What FinishSync is invoked with. */
export const FinishInput = z.extend(WorkflowInput, {
  /** Name of the error that ended the run early (a sync code, `Superseded`, or a name of Step Functions' own). */
  error: z.optional(z.string().check(z.maxLength(256))),
  /** The first range that this execution did not reach: the run goes on there in a new execution. */
  continueAt: z.optional(z.int().check(z.positive())),
  stateMachineArn: z.string().check(z.maxLength(512)),
});
export type FinishInput = z.infer<typeof FinishInput>;

/** A message on the start queue: an integration that is due. */
export const StartMessage = z.strictObject({ tenantId: Id, integrationId: Id, dueAt: z.int() });
export type StartMessage = z.infer<typeof StartMessage>;

/** Most ranges that one execution maps over: 900 × (events of a range with every retry) stays below 25,000. */
export const MAX_RANGES_PER_EXECUTION = 900;
/** Most domains of one account. */
export const MAX_DOMAINS = 100_000;
