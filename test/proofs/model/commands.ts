import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { IntegrationRef } from '#core/ports/stores.ts';
import { rest } from '../crash/base.ts';
import type { CrashWorld } from '../crash/world.ts';
import type { compareWithTruth } from '../support/truth.ts';
import { noteGoodSync, type Reference, toPlaces } from './reference.ts';

/** The real thing: the shipped use cases in virtual time, and the registrar's books. */
export interface Real {
  readonly world: CrashWorld;
  /** The integration of now: one that is added anew is another. */
  ref: IntegrationRef;
  /** Changes what is at the registrar. */
  edit(change: { readonly add?: readonly string[]; readonly remove?: readonly string[] }): void;
  /** Whether the registrar answers at all. */
  setAway(isAway: boolean): void;
  /** What differs from the registrar's books. */
  compare(): ReturnType<typeof compareWithTruth>;
}

type Command = fc.AsyncCommand<Reference, Real>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** More than two that are gone at once would be held. */
const MOST_GONE = 2;
const LEAST_THERE = 3;

function toCommand(
  name: string,
  check: (model: Readonly<Reference>) => boolean,
  run: (model: Reference, real: Real) => Promise<void>,
): fc.Arbitrary<Command> {
  return fc.constant({ check, run, toString: () => name } satisfies Command);
}

const add = toCommand(
  'add',
  ({ isAdded }) => !isAdded,
  async (model, real) => {
    const { world } = real;
    real.ref = toNext(real.ref);
    const outcome = await world.clock.runUntil(world.add(real.ref, 'ours'));
    expectEqual(outcome, 'added', typeof outcome === 'object' ? outcome.outcome : outcome);
    model.isAdded = true;
    model.isPaused = false;
    await settle(model, real, world.clock.now());
  },
);

const sync = toCommand(
  'sync',
  ({ isAdded }) => isAdded,
  async (model, real) => {
    const { world, ref } = real;
    await world.clock.advance(2 * MINUTE_MS);
    const startedMs = world.clock.now();
    const outcome = await world.clock.runUntil(world.sync(ref));
    expectEqual(outcome, 'started', typeof outcome === 'object' ? outcome.outcome : outcome);
    // A second time while it runs, or right after it: refused, and told why.
    const again = await world.clock.runUntil(world.sync(ref));
    if (typeof again !== 'object' || !['running', 'tooSoon'].includes(again.outcome))
      throw new Error(`a second sync was ${JSON.stringify(again)}`);
    await settle(model, real, startedMs);
  },
);

const replace = toCommand(
  'replace',
  ({ isAdded }) => isAdded,
  async (model, real) => {
    const { world, ref } = real;
    const startedMs = world.clock.now();
    const outcome = await world.clock.runUntil(world.replace(ref, 'ours'));
    expectEqual(outcome, 'accepted', typeof outcome === 'object' ? outcome.outcome : outcome);
    await settle(model, real, startedMs);
  },
);

const pause = toCommand(
  'pause',
  ({ isAdded, isPaused }) => isAdded && !isPaused,
  async (model, real) => {
    const { world, ref } = real;
    await world.clock.runUntil(world.pause(ref));
    model.isPaused = true;
  },
);

const remove = toCommand(
  'remove',
  ({ isAdded }) => isAdded,
  async (model, real) => {
    const { world, ref } = real;
    expectEqual('remove', 'removed', await world.clock.runUntil(world.remove(ref)));
    model.isAdded = false;
    model.isGood = false;
    model.known.clear();
    model.unsure.clear();
    // The sweep clears twice, an hour apart here.
    await world.clock.advance(130 * MINUTE_MS);
    const { portfolio, credentials } = world.snapshot();
    const sealed = credentials.filter(
      ({ PK, current, candidate }) => PK.includes(ref.integrationId) && (current || candidate),
    );
    const below = portfolio.filter(({ PK }) => PK === `INT#${ref.integrationId}`);
    const left = [...sealed, ...below];
    if (left.length > 0)
      throw new Error(`left after the deletion: ${left.map(({ PK, SK }) => `${PK} ${SK}`)}`);
  },
);

const appear = fc.constantFrom('new-one.com', 'new-two.com', 'new-three.com').chain((name) =>
  toCommand(
    `appear ${name}`,
    ({ there }) => !there.has(name),
    async (model, { edit }) => {
      edit({ add: [name] });
      model.there.add(name);
    },
  ),
);

const vanish = fc.nat({ max: 5 }).chain((index) =>
  toCommand(
    `vanish ${index}`,
    (model) => model.there.size > LEAST_THERE && countGone(model) < MOST_GONE,
    async (model, { edit }) => {
      const name = [...model.there][index % model.there.size] as string;
      edit({ remove: [name] });
      model.there.delete(name);
    },
  ),
);

const goAway = toCommand(
  'registrar away',
  ({ isAway }) => !isAway,
  async (model, { setAway }) => {
    setAway(true);
    model.isAway = true;
  },
);

const comeBack = toCommand(
  'registrar back',
  ({ isAway }) => isAway,
  async (model, { setAway }) => {
    setAway(false);
    model.isAway = false;
  },
);

const wait = fc.constantFrom(1, 3, 8).chain((days) =>
  toCommand(
    `wait ${days} days`,
    () => true,
    async (model, real) => {
      const { world, ref } = real;
      const startedMs = world.clock.now();
      await world.clock.advance(days * DAY_MS);
      await rest(world, ref, 60 * MINUTE_MS);
      if (!model.isAdded || model.isPaused || model.isAway) return;
      // Weekly, in a slot of its own: in eight days there is one for sure; in fewer there may have been one.
      if (days >= 8) noteGoodSync(model, startedMs);
      else for (const name of changedNames(model)) model.unsure.add(name);
    },
  ),
);

const look = toCommand(
  'look',
  () => true,
  async (model, { world, ref, compare }) => {
    const integration = await world.glance.integrations.get(ref);
    expectEqual(
      'the integration is there',
      model.isAdded,
      integration !== undefined && !integration.deleting,
    );
    const found = new Map<string, string>();
    for await (const batch of world.glance.domains.all(ref.integrationId))
      for (const { name, seen } of batch) found.set(name, seen);
    for (const name of new Set([...model.there, ...model.known.keys(), ...found.keys()])) {
      const place = found.get(name) ?? 'gone';
      if (!(toPlaces(model, name) as readonly string[]).includes(place))
        throw new Error(`${name} is ${place}, not ${toPlaces(model, name).join(' or ')}`);
    }
    // What came or went since the last sync isn't stored yet.
    const present = [...model.known].filter(([, missedMs]) => missedMs === null).map(([name]) => name);
    const isCurrent = model.isAdded && model.isGood && model.unsure.size === 0;
    const isSame =
      present.length === model.known.size && isDeepStrictEqual(present.sort(), [...model.there].sort());
    if (!isCurrent || !isSame) return;
    const wrong = await compare();
    if (wrong.length > 0) throw new Error(wrong.join('; '));
  },
);

/**
 * Sequences of what people, registrars and time do; each ends with a look.
 * @param replayPath which commands of a sequence ran, as a failure told
 */
export const commands = (most: number, replayPath?: string) =>
  fc.commands([add, sync, replace, pause, remove, appear, vanish, goAway, comeBack, wait, look, look], {
    maxCommands: most,
    size: 'max',
    ...(replayPath !== undefined && { replayPath }),
  });

/** Lets the run end, and notes what it must have read. */
async function settle(model: Reference, { world, ref }: Real, startedMs: number): Promise<void> {
  if (!(await rest(world, ref))) throw new Error('it never came to rest');
  const integration = await world.glance.integrations.get(ref);
  if (model.isAway) {
    model.isGood = false;
    if (integration?.problem === null) throw new Error('a registrar that is away is no problem');
    return;
  }
  if (integration?.problem !== null) throw new Error(`it failed: ${integration?.problem.code}`);
  noteGoodSync(model, startedMs);
}

/** An id of the same form, the next in order. */
function toNext({ tenantId, integrationId }: IntegrationRef): IntegrationRef {
  const number = Number.parseInt(integrationId.slice(-2), 36) + 1;
  return { tenantId, integrationId: integrationId.slice(0, -2) + number.toString(36).padStart(2, '0') };
}

/** Names that may be stored as present, and are there no longer. */
function countGone({ there, known, unsure }: Readonly<Reference>): number {
  const present = [...known].filter(([, missedMs]) => missedMs === null).map(([name]) => name);
  return [...new Set([...present, ...unsure])].filter((name) => !there.has(name)).length;
}

function changedNames({ there, known }: Reference): readonly string[] {
  return [...new Set([...there, ...known.keys()])].filter(
    (name) => !there.has(name) || known.get(name) !== null,
  );
}

function expectEqual(what: unknown, wanted: unknown, got: unknown): void {
  if (got !== wanted) throw new Error(`${JSON.stringify(what)}: ${String(got)} and not ${String(wanted)}`);
}
