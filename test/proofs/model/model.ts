import fc from 'fast-check';
import type { RegistrarId } from '#core/registrar-id.ts';
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
    about: `${sequences} sequences of up to ${MOST_COMMANDS} commands whose outcome isn't that of the reference; the control's reference forgets that a name is missing first, and must fail again when its shrunk sequence is played alone`,
    async measure(tell) {
      let played = 0;
      let violated = 0;
      for (const registrar of REGISTRARS) {
        const base = await createBase(registrar, false);
        const details = await playSequences(base, Math.ceil(sequences / REGISTRARS.length), {
          count: () => {
            played += 1;
          },
        });
        if (!details.failed) continue;
        violated += 1;
        const command = toCommand(registrar, details);
        say(`${details.errorInstance} after ${details.counterexample?.[0]}\n  ${command}`);
      }
      const base = await createBase('namecom', false);
      const forgetful = await playSequences(base, 300, { isForgetful: true });
      const again = await playSequences(base, 1, { isForgetful: true, from: toPlace(forgetful) });
      const control = { value: Number(forgetful.failed), caught: forgetful.failed && again.failed };
      tell(exactly('model.violated', violated, 0, control));
      tell(atLeast('model.sequences', played, sequences));
    },
  };
}

/** Where to begin: at a sequence that was shrunk already. */
interface Place {
  readonly seed: number;
  readonly path: string;
  readonly replayPath: string;
}

interface Play {
  readonly isForgetful?: boolean;
  readonly from?: Place;
  count?(): void;
}

/** Plays sequences until one breaks, and shrinks that. */
export function playSequences(base: Base, runs: number, { isForgetful, from, count }: Play = {}) {
  const property = fc.asyncProperty(commands(MOST_COMMANDS, from?.replayPath), async (sequence) => {
    count?.();
    const { real, close, model } = await begin(base);
    if (isForgetful) Object.defineProperty(model.known, 'set', { value: forgetMissing(model.known) });
    try {
      await fc.asyncModelRun(() => ({ model, real }), sequence);
    } finally {
      await close();
    }
  });
  const { seed = SEED, path } = from ?? {};
  return fc.check(property, { numRuns: runs, seed, ...(path !== undefined && { path, endOnFailure: true }) });
}

type Details = Awaited<ReturnType<typeof playSequences>>;

/** Where the shrunk sequence is to be found. */
function toPlace({ seed, counterexample, counterexamplePath }: Details): Place {
  const [, replayPath = ''] = /replayPath="([^"]+)"/.exec(String(counterexample?.[0])) ?? [];
  return { seed, path: counterexamplePath ?? '', replayPath };
}

/** The command that plays it again. */
function toCommand(registrar: RegistrarId, details: Details): string {
  const { seed, path, replayPath } = toPlace(details);
  return `node test/proofs/model/replay.ts ${registrar} ${seed} ${path} ${replayPath}`;
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
