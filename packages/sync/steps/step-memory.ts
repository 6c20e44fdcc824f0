import * as z from 'zod/mini';
import type { StepState } from '#core/ports/stores.ts';

const Position = z.object({
  /** When the delivery that parked last wants to come back. */
  wakeAtMs: z._default(z.number(), 0),
  /** Since when the registrar answers nothing but "too many"; 0 while it doesn't. */
  throttledSinceMs: z._default(z.number(), 0),
  /** Candidate credentials were refused and dropped: the former ones stay in force. */
  candidateRefused: z._default(z.boolean(), false),
  /** validate: what the registrar said of the credentials' end. */
  credentialsExpireAt: z._default(z.nullable(z.string()), null),
  notices: z._default(z.array(z.string()), []),
  /** list: pages read and stored. */
  pages: z._default(z.number(), 0),
  /** list: how many pages there were when one last failed. */
  failedAtPage: z._default(z.number(), 0),
  /** list: distinct names so far. */
  listed: z._default(z.number(), 0),
  /** list: entries that are not domains of the account any more. */
  skipped: z._default(z.number(), 0),
  /** list: names whose zone is elsewhere, or not open to the API, by the listing's word. */
  elsewhere: z._default(z.number(), 0),
  notPermitted: z._default(z.number(), 0),
  /** list: rows that the listing made or changed. */
  written: z._default(z.number(), 0),
  /** list: an empty account was asked a second time. */
  askedAgain: z._default(z.boolean(), false),
  /** list: the listing is complete, and was read from this instant on. */
  complete: z._default(z.boolean(), false),
  startedAtMs: z._default(z.number(), 0),
  /** list: how many zones this run is to read, and how many of the listing come before them. */
  zones: z._default(z.number(), 0),
  /** list: how many of them the run's time can suffice for, by the registrar's limits; the ranges hold no more. */
  planned: z._default(z.number(), 0),
  firstZone: z._default(z.number(), 0),
  /** dns: a character a zone of the range, see ZONE_MARKS. */
  marks: z._default(z.string(), ''),
  /** dns: the last name of the range that was reached, as those before it. */
  reachedName: z._default(z.string(), ''),
  /** dns: zones that are done and that people were not told of yet, and when they last were. */
  untold: z._default(z.number(), 0),
  toldAtMs: z._default(z.number(), 0),
});

/** What a step remembers between deliveries, mutable while it works. */
export type Memory = z.infer<typeof Position> & { calls: number; waitedMs: number };

/** The memory that was saved last, or a fresh one. */
export function readMemory(state: StepState): Memory {
  return { ...Position.parse(state.position ?? {}), calls: state.calls, waitedMs: state.waitedMs };
}
