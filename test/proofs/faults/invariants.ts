import type { IntegrationRef } from '#core/ports/stores.ts';
import { toProblemText } from '#core/problem-texts.ts';
import { isTerminal, type SyncRun } from '#core/sync-run.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { createSearcher } from '../canary/forms.ts';
import { compareWithTruth, toText } from '../support/truth.ts';
import type { Expectation, Observed } from './scenario.ts';
import type { Stage } from './stage.ts';

/** What was stored of a portfolio: names to rows with their zones, as text each. */
export type Stored = ReadonlyMap<string, string>;

const GRACE_MS = 20 * 60_000;
const DEFAULT_MS = 3 * 60_000;
const DEFAULT_CALLS = 6;

/** Whether a run came to what it had to. */
export function judge(expected: Expectation, observed: Observed, cleanCalls: number, stage: Stage): string[] {
  const { run, integration, calls, ms, sentMs, megabytes } = observed;
  const wrong: string[] = [];
  const statuses = [expected.status].flat();
  if (!statuses.includes(run.status)) wrong.push(`status ${run.status} instead of ${statuses.join(' or ')}`);
  const code = run.problem?.code;
  if (run.status === 'FAILED' && code !== expected.code)
    wrong.push(`code ${code} instead of ${expected.code}`);
  const notices = integration.notices.map((notice) => notice.code);
  if (expected.notice && !notices.includes(expected.notice)) wrong.push(`no notice ${expected.notice}`);
  for (const grave of ['LISTING_SHRANK', 'PARTIAL_DNS'] as const)
    if (
      run.status !== 'FAILED' &&
      notices.includes(grave) &&
      expected.notice !== grave &&
      !statuses.includes('PARTIAL')
    )
      wrong.push(`notice ${grave}`);
  const { mostMs = DEFAULT_MS, mostCalls = cleanCalls * DEFAULT_CALLS } = expected;
  if (ms > mostMs) wrong.push(`took ${Math.round(ms / 1000)} s`);
  if (calls > mostCalls) wrong.push(`made ${calls} calls`);
  const pauses = sentMs.slice(1).map((atMs, index) => atMs - (sentMs[index] as number));
  const pause = Math.max(0, ...pauses);
  if (expected.mostPauseMs !== undefined && pause > expected.mostPauseMs)
    wrong.push(`paused for ${pause} ms`);
  if (expected.mostMegabytes !== undefined && megabytes > expected.mostMegabytes)
    wrong.push(`took ${Math.round(megabytes)} MB`);
  if (run.problem) wrong.push(...judgeText(run, stage));
  return wrong;
}

/** That what people read is a text of ours, whole, and nothing of the registrar's. */
function judgeText(run: SyncRun, stage: Stage): string[] {
  if (!run.problem) return [];
  const { id, name } = REGISTRARS[stage.registrar];
  const subject = { registrar: { id, name }, environment: 'simulator' as const, egressAddresses: [] };
  const text = toProblemText(run.problem, subject);
  const all = [text.title, text.detail, ...text.advice];
  const isWhole =
    text.title !== '' && text.detail.length > 20 && !all.some((part) => /undefined|null|\{|</.test(part));
  return isWhole ? [] : [`a text that is none: ${text.title}`];
}

/**
 * What must hold after every scenario, as far as one run shows it (the numbers are those of docs/security.md): I1 no
 * domain is lost, I2 nothing stays Syncing, I3 no lease is left, I4 no credential stands anywhere, I5 each run has one end
 * with a text, I7 a neighbour's rows are as they were, I8 within bounds (in {@link judge}), I10 only reading calls.
 */
export async function checkInvariants(
  stage: Stage,
  ref: IntegrationRef,
  before: { readonly ours: Stored; readonly neighbour: string },
  neighbour: IntegrationRef,
  isSkewed = false,
): Promise<string[]> {
  const { glance: stores, clock } = stage;
  const { lines } = stage.world;
  const wrong: string[] = [];
  const now = await readStored(stage, ref);
  for (const name of before.ours.keys()) if (!now.has(name)) wrong.push(`I1: ${name} is gone`);

  const integration = await stores.integrations.get(ref);
  const { items: runs } = await stores.runs.list(ref.integrationId, 100);
  for (const run of runs) {
    const age = clock.now() - Date.parse(run.startedAt);
    if (!isTerminal(run.status))
      wrong.push(age > GRACE_MS ? 'I2: a run never ended' : 'I5: a run has no end');
    if ((run.status === 'FAILED') !== (run.problem !== null))
      wrong.push(`I5: ${run.status} with ${run.problem?.code}`);
  }
  if (integration?.leaseUntilMs !== null) wrong.push('I3: a lease is left');

  const secret = createSearcher(toSecrets(stage, 'ours'));
  const places = {
    log: lines,
    rows: stores.rows.portfolio.dump(),
    credentials: stores.rows.credentials.dump(),
  };
  for (const [place, content] of Object.entries(places))
    if (secret.count(Buffer.from(toText(content))) > 0) wrong.push(`I4: a credential in ${place}`);

  if (readRows(stage, neighbour) !== before.neighbour) wrong.push('I7: a neighbour’s rows changed');
  const { writes, violations, failures } = stage.counters.snapshot();
  if (writes > 0) wrong.push(`I10: ${writes} writing calls`);
  if (violations > 0 && !isSkewed) wrong.push(`${violations} calls beyond the limit`);
  if (failures > 0) wrong.push(`the simulator failed: ${stage.defects[0]}`);
  return wrong;
}

/** I9: what is stored against the registrar's truth. */
export function compareStage(stage: Stage, { integrationId }: IntegrationRef): Promise<string[]> {
  const { glance: stores, portfolio, protocol } = stage;
  return compareWithTruth({ stores, integrationId, protocol, portfolio });
}

/** Every domain that is stored, with its records. */
export async function readStored(stage: Stage, { integrationId }: IntegrationRef): Promise<Stored> {
  const { domains, zones } = stage.glance;
  const found = new Map<string, string>();
  for await (const batch of domains.all(integrationId))
    for (const domain of batch) {
      const { seen, dns, expiresAt } = domain;
      found.set(domain.name, toText([seen, dns, expiresAt, await zones.get(integrationId, domain.name)]));
    }
  return found;
}

/** The rows of one tenant and integration, as one text. */
export function readRows(stage: Stage, { tenantId, integrationId }: IntegrationRef): string {
  const { portfolio, credentials } = stage.glance.rows;
  const rows = [...portfolio.dump(), ...credentials.dump()].map(toText);
  return rows
    .filter((row) => row.includes(tenantId) || row.includes(integrationId))
    .sort()
    .join('\n');
}

/** The secret values of an account's credentials. */
export function toSecrets(stage: Stage, account: string): readonly string[] {
  const { credentials } = stage.accounts.get(account);
  const fields = REGISTRARS[stage.registrar].credentialFields.filter(({ secret }) => secret);
  return fields.map(({ name }) => credentials[name] ?? '').filter((value) => value !== '');
}
