import type { Integration, SyncRun } from '../api/types.gen.ts';
import { countOf, formatCount } from './words.ts';

type Run = NonNullable<Integration['currentRun']>;
type Step = Run['step'];

const CHECKING = 'Checking access';
const LISTING = 'Reading domains';
const ZONES = 'Reading DNS records';
const SAVING = 'Saving';

/** What people are told that a run does, in order. Processing and fetching go on together, domain by domain. */
const STAGES = [CHECKING, LISTING, ZONES, SAVING] as const;
const STAGE_OF_STEP: Readonly<Record<Step, (typeof STAGES)[number]>> = {
  VALIDATE_API_ACCESS: CHECKING,
  FETCH_DOMAINS: LISTING,
  PROCESS_DOMAINS: ZONES,
  FETCH_DNS_RECORDS: ZONES,
  SAVE: SAVING,
  UPDATE_DASHBOARD: SAVING,
};

export interface Stage {
  readonly label: string;
  readonly state: 'done' | 'current' | 'ahead';
  /** The label, with how far it is while it goes on: "Reading domains (40 of 120)". */
  readonly text: string;
}

/** What a step is called. */
export function toStepLabel(step: Step): string {
  return STAGE_OF_STEP[step];
}

/** The four stages of a run, with where it is. */
export function toStages({ step, progress }: Run): readonly Stage[] {
  const at = STAGES.indexOf(STAGE_OF_STEP[step]);
  return STAGES.map((label, index) => {
    const state = index < at ? 'done' : index === at ? 'current' : 'ahead';
    return { label, state, text: state === 'current' ? `${label}${toCountText(label, progress)}` : label };
  });
}

/** How much of a run is done, from 0 to 1; null until the registrar said how many domains there are. */
export function toFraction({ step, progress }: Run): number | null {
  const { domainsDone, domainsTotal } = progress;
  if (STAGE_OF_STEP[step] === SAVING) return 1;
  if (STAGE_OF_STEP[step] !== ZONES || !domainsTotal) return null;
  return Math.min(1, domainsDone / domainsTotal);
}

/** How long a sync of so many domains takes (R29). */
export function toSizeHint(domains: number): string {
  if (domains <= 10) return 'Usually about 30 seconds';
  return domains <= 50 ? 'Usually 1–2 minutes' : 'Usually 2–5 minutes';
}

/** How long the rest takes: "about 3 minutes left". */
export function toEstimate(secondsLeft: number): string {
  if (secondsLeft < 60) return 'less than a minute left';
  const minutes = Math.round(secondsLeft / 60);
  if (minutes < 90) return `about ${countOf(minutes, 'minute')} left`;
  return `about ${countOf(Math.round(minutes / 60), 'hour')} left`;
}

/** What a run found: "12 domains (+1 new, 1 removed)". */
export function toRunSummary({ counts }: Pick<SyncRun, 'counts'>): string {
  const changes = [
    ...(counts.new > 0 ? [`+${formatCount(counts.new)} new`] : []),
    ...(counts.removed > 0 ? [`${formatCount(counts.removed)} removed`] : []),
  ];
  const domains = countOf(counts.listed, 'domain');
  return changes.length === 0 ? domains : `${domains} (${changes.join(', ')})`;
}

const STUCK_MS = 10 * 60_000;

/**
 * How long to wait before asking again. `pollCount` is 1 for the first wait: a second three times, two seconds ten
 * times, then five; half a minute once nothing has moved for ten.
 */
export function toPollDelayMs(pollCount: number, msWithoutProgress: number): number {
  if (isStuck(msWithoutProgress)) return 30_000;
  if (pollCount <= 3) return 1000;
  return pollCount <= 13 ? 2000 : 5000;
}

/** Whether to say that it takes longer than usual. */
export function isStuck(msWithoutProgress: number): boolean {
  return msWithoutProgress >= STUCK_MS;
}

function toCountText(label: string, { domainsListed, domainsDone, domainsTotal }: Run['progress']): string {
  const count = label === LISTING ? domainsListed : label === ZONES ? domainsDone : null;
  if (count === null || (domainsTotal === null && count === 0)) return '';
  const of = domainsTotal === null ? '' : ` of ${formatCount(domainsTotal)}`;
  return ` (${formatCount(count)}${of})`;
}
