import { partialDeepStrictEqual } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Person, RunningSystem } from '#test/support/running-system.ts';

/** As people see an integration; what isn't looked at is left out. */
export interface Shown {
  readonly id: string;
  readonly registrar: string;
  readonly status: string;
}

/** A person, and the registrars' own books. */
interface Seen {
  readonly person: Person;
  readonly system: Pick<RunningSystem, 'truth' | 'tell'>;
}

interface LookOptions {
  readonly mostMs?: number;
  /** Whether what was never synced may wait for the next tick of the schedule. */
  readonly mayWaitForTick?: boolean;
}

/** How long a system that began again may take until all is well. */
const MOST_MS = 90_000;

/**
 * Looks at everything that a person has after a kill until it is well: what was wrong at last, as texts; none where every
 * integration is synced, and every domain and every record is as the registrar has it.
 */
export async function lookUntilWell(
  { person, system }: Seen,
  accountId: string,
  { mostMs = MOST_MS, mayWaitForTick = false }: LookOptions = {},
): Promise<readonly string[]> {
  const until = Date.now() + mostMs;
  for (;;) {
    const wrong = await look({ person, system }, accountId, mayWaitForTick);
    if (wrong.length === 0 || Date.now() > until) return wrong;
    await sleep(250);
  }
}

/** The integrations that a person has now. */
export async function listShown(person: Person): Promise<readonly Shown[]> {
  return person.all('/v1/integrations');
}

async function look(
  { person, system }: Seen,
  accountId: string,
  mayWaitForTick: boolean,
): Promise<readonly string[]> {
  const all = await listShown(person);
  // The kill fell between its connection and its first run: the schedule begins that within the hour.
  const integrations = all.filter(({ status }) => !(mayWaitForTick && status === 'IDLE'));
  // A run whose worker died is Syncing, or by its lapsed lease failed, until its message or the sweep comes.
  const unsettled = integrations.filter(({ status }) => status !== 'SYNCED');
  if (unsettled.length > 0) return unsettled.map(({ registrar, status }) => `${registrar} is ${status}`);
  const domains = await person.all('/v1/domains');
  const ids = new Set(integrations.map(({ id }) => id));
  const wrong = domains
    .filter(({ integrationId }) => !ids.has(integrationId))
    .map(({ name }) => `${name} is nobody's`);
  for (const { id, registrar } of integrations) {
    const truth = await system.truth(registrar, accountId);
    const own = new Map(
      domains.filter(({ integrationId }) => integrationId === id).map((each) => [each.name, each]),
    );
    if (own.size !== truth.domains.length) wrong.push(`${registrar} has ${own.size} domains`);
    for (const expected of truth.domains) {
      const differing = Object.keys(expected).find(
        (fact) => !hasAll(own.get(expected.name)?.[fact], expected[fact]),
      );
      if (differing) {
        const [found, meant] = [own.get(expected.name)?.[differing], expected[differing]].map((each) =>
          JSON.stringify(each),
        );
        wrong.push(`${registrar} ${expected.name}: ${differing} is ${found}, not ${meant}`);
      }
      const records = await person.get(`/v1/domains/${expected.name}/records?integration=${id}`);
      if (!isDeepStrictEqual(records.body.rrsets, truth.records[expected.name]))
        wrong.push(`${expected.name}: records`);
    }
    const { violations, writes } = await system.tell('GET', `${registrar}/counters`);
    if (violations > 0) wrong.push(`${registrar}: ${violations} calls beyond its limit`);
    if (writes > 0) wrong.push(`${registrar}: ${writes} calls that change something`);
  }
  return wrong;
}

function hasAll(found: unknown, expected: unknown): boolean {
  try {
    partialDeepStrictEqual({ fact: found }, { fact: expected });
    return true;
  } catch {
    return false;
  }
}
