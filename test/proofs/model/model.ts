import fc from 'fast-check';
import { atLeast, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { type Base, createBase, OURS } from '../crash/base.ts';
import { createCrashWorld } from '../crash/world.ts';
import { compareWithTruth } from '../support/truth.ts';
import { commands, type Real } from './commands.ts';
import { createReference, type Reference } from './reference.ts';

const REGISTRARS = ['namecom', 'gandi', 'porkbun', 'godaddy', 'namecheap'] as const;
const MOST_COMMANDS = 60;
const SEED = 20_261_129;
const HOUR_MS = 3_600_000;
/** Portfolio of the account that the sequences are about. */
const ACCOUNT = { size: 6, seed: 3 };

/** Sequences of commands, against a reference of a few rules that knows nothing of how a sync works. */
export function toModel(sequences: number): Group {
  return {
    name: 'model',
    about: `${sequences} sequences of up to ${MOST_COMMANDS} commands whose outcome isn't that of the reference; the control's reference forgets that a name is missing first`,
    async measure(tell) {
      let played = 0;
      let violated = 0;
      for (const registrar of REGISTRARS) {
        const base = await createBase(registrar, false);
        const details = await playSequences(base, Math.ceil(sequences / REGISTRARS.length), () => {
          played += 1;
        });
        if (!details.failed) continue;
        violated += 1;
        say(`${registrar}: ${details.errorInstance} after ${fc.defaultReportMessage(details)}`);
      }
      const base = await createBase('namecom', false);
      const forgetful = await playSequences(base, 300, () => undefined, true);
      tell(
        exactly('model.violated', violated, 0, { value: Number(forgetful.failed), caught: forgetful.failed }),
      );
      tell(atLeast('model.sequences', played, sequences));
    },
  };
}

function playSequences(base: Base, runs: number, count: () => void, isForgetful = false) {
  return fc.check(
    fc.asyncProperty(commands(MOST_COMMANDS), async (sequence) => {
      count();
      const { real, close, model } = await begin(base);
      if (isForgetful) Object.defineProperty(model.known, 'set', { value: forgetMissing(model.known) });
      try {
        await fc.asyncModelRun(() => ({ model, real }), sequence);
      } finally {
        await close();
      }
    }),
    { numRuns: runs, seed: SEED, endOnFailure: false },
  );
}

/** The control: a name that a listing lacks is gone at once. */
function forgetMissing(known: Map<string, number | null>) {
  return (name: string, missedMs: number | null) => {
    if (missedMs === null) Map.prototype.set.call(known, name, null);
    else known.delete(name);
    return known;
  };
}

async function begin(base: Base) {
  base.accounts.put('ours', ACCOUNT);
  let isAway = false;
  const world = await createCrashWorld({
    ...base,
    snapshot: base.fresh,
    // Nothing dies here: what the sweep looks after may wait, and days pass faster.
    sweepMs: HOUR_MS,
    plan: (effect) => (isAway && effect === 'registrar.call' ? 'lost' : undefined),
  });
  const real: Real = {
    world,
    ref: { ...OURS, integrationId: `${OURS.integrationId.slice(0, -2)}00` },
    edit: (change) => void base.accounts.put('ours', change),
    setAway: (away) => {
      isAway = away;
    },
    compare: () =>
      compareWithTruth({
        stores: world.glance,
        integrationId: real.ref.integrationId,
        protocol: base.protocol,
        portfolio: base.accounts.get('ours').portfolio,
      }),
  };
  const model: Reference = createReference(base.accounts.get('ours').portfolio.names);
  return { world, real, model, close: () => world.close() };
}
