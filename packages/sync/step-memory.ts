import { z } from 'zod';
import type { StepState } from '#core/ports/stores.ts';

const Position = z.object({
  /** When the delivery that parked last wants to come back. */
  wakeAtMs: z.number().default(0),
  /** Since when the registrar answers nothing but "too many"; 0 while it doesn't. */
  throttledSinceMs: z.number().default(0),
  /** Candidate credentials were refused and dropped: the former ones stay in force. */
  candidateRefused: z.boolean().default(false),
  /** validate: what the registrar said of the credentials' end. */
  credentialsExpireAt: z.string().nullable().default(null),
  notices: z.array(z.string()).default([]),
  /** list: pages read and stored. */
  pages: z.number().default(0),
  /** list: distinct names so far. */
  listed: z.number().default(0),
  /** list: entries that are not domains of the account any more. */
  skipped: z.number().default(0),
  /** list: names whose zone is elsewhere, or not open to the API, by the listing's word. */
  elsewhere: z.number().default(0),
  notPermitted: z.number().default(0),
  /** list: rows that the listing made or changed. */
  written: z.number().default(0),
  /** list: an empty account was asked a second time. */
  askedAgain: z.boolean().default(false),
  /** list: the listing is complete, and was read from this instant on. */
  complete: z.boolean().default(false),
  startedAtMs: z.number().default(0),
  /** list: how many zones this run is to read, and how many of the listing come before them. */
  zones: z.number().default(0),
  /** list: how many of them the run's time can suffice for, by the registrar's limits; the ranges hold no more. */
  planned: z.number().default(0),
  firstZone: z.number().default(0),
  /** dns: a character a zone of the range, see ZONE_MARKS. */
  marks: z.string().default(''),
  /** dns: the last name of the range. */
  lastName: z.string().default(''),
});

/** What a step remembers between deliveries, mutable while it works. */
export type Memory = z.infer<typeof Position> & { calls: number; waitedMs: number };

/** The memory that was saved last, or a fresh one. */
export function readMemory(state: StepState): Memory {
  return { ...Position.parse(state.position ?? {}), calls: state.calls, waitedMs: state.waitedMs };
}
