import { toMaskedId } from '#core/ids.ts';
import { type Integration, type Notice, type Problem, toIntegrationStatus } from '#core/integration.ts';
import { type CardCounts, type PortfolioStats, toCardCounts } from '#core/portfolio-stats.ts';
import { toIso } from '#core/ports/clock.ts';
import type { TextSubject } from '#core/problem-texts.ts';
import type { RegistrarLimits } from '#core/registrar.ts';
import { type SyncRun, toCurrentStep } from '#core/sync-run.ts';
import type { IntegrationJson } from '../schemas/integration.ts';
import { toNoticeJson, toProblemJson } from './problem.ts';
import { toProgressJson } from './progress.ts';
import { toLapsedProblem, toShownRun } from './run-state.ts';

export interface IntegrationFacts {
  readonly integration: Integration;
  /** Undefined before the first sync ended. */
  readonly stats: PortfolioStats | undefined;
  /** The latest run; needed only while the integration is syncing. */
  readonly run: SyncRun | undefined;
  readonly subject: TextSubject;
  readonly limits: RegistrarLimits;
  readonly nowMs: number;
  readonly soonDays: number;
}

/** How long before their end credentials are said to expire soon. */
export const CREDENTIALS_SOON_MS = 30 * 86_400_000;

const NO_CARD_COUNTS: CardCounts = { total: 0, active: 0, expiringSoon: 0, expired: 0 };

/** An integration as its card shows it at an instant. */
export function toIntegrationJson(facts: IntegrationFacts): IntegrationJson {
  const { integration, stats, subject, nowMs, soonDays } = facts;
  const problem = toShownProblem(integration, nowMs);
  return {
    id: integration.id,
    registrar: integration.registrar,
    environment: integration.environment,
    label: integration.label,
    maskedId: toMaskedId(integration.id),
    status: toIntegrationStatus(integration, nowMs),
    paused: integration.paused,
    counts: stats ? toCardCounts(stats, nowMs, soonDays) : NO_CARD_COUNTS,
    lastSyncedAt: integration.lastSyncedAt,
    lastAttemptAt: integration.lastAttemptAt,
    nextSyncAt: integration.paused || integration.dueAtMs === null ? null : toIso(integration.dueAtMs),
    ...toCurrentRun(facts),
    ...(problem && { problem: toProblemJson(problem, subject) }),
    notices: toNotices(integration, nowMs).map((notice) => toNoticeJson(notice, subject, integration)),
    credentials: {
      updatedAt: integration.credentials.updatedAt,
      expiresAt: integration.credentials.expiresAt,
    },
    createdAt: integration.createdAt,
  };
}

/** Whether the credentials end within 30 days, by the registrar's own word. */
export function expireSoon({ credentials }: Pick<Integration, 'credentials'>, nowMs: number): boolean {
  return credentials.expiresAt !== null && Date.parse(credentials.expiresAt) <= nowMs + CREDENTIALS_SOON_MS;
}

function toCurrentRun({
  integration,
  run,
  limits,
  nowMs,
}: IntegrationFacts): Pick<IntegrationJson, 'currentRun'> {
  if (!run || toIntegrationStatus(integration, nowMs) !== 'SYNCING') return {};
  const shown = toShownRun(run, integration, nowMs);
  const progress = toProgressJson(shown.progress, limits);
  return { currentRun: { runId: shown.runId, step: toCurrentStep(shown), progress } };
}

/** What is stored, or that nobody has heard of the run for too long. */
function toShownProblem(integration: Integration, nowMs: number): Problem | null {
  const { leaseUntilMs, runId } = integration;
  const isLapsed = leaseUntilMs !== null && toIntegrationStatus(integration, nowMs) === 'FAILED';
  return isLapsed ? toLapsedProblem(runId ?? integration.id, leaseUntilMs) : integration.problem;
}

/** The last run's notices, and what holds whatever the last run said: a held listing, and an end that comes near. */
function toNotices(integration: Integration, nowMs: number): readonly Notice[] {
  const { held } = integration;
  const standing: Notice[] = [
    ...(held ? [{ code: 'LISTING_SHRANK' as const, domains: Math.max(0, held.known - held.listed) }] : []),
    ...(expireSoon(integration, nowMs) ? [{ code: 'CREDENTIALS_EXPIRE_SOON' as const }] : []),
  ];
  const isStanding = ({ code }: Notice) => standing.some((other) => other.code === code);
  const passing = ({ code }: Notice) => code !== 'LISTING_SHRANK';
  return [...standing, ...integration.notices.filter((notice) => !isStanding(notice) && passing(notice))];
}
