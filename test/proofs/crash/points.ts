import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { atLeast, atMost, exactly, type Group } from '../../figures/figure.ts';
import { type Base, createBase } from './base.ts';
import { FATES } from './effects.ts';
import { RECOVERIES, TRIGGERS } from './play.ts';
import { createTally, playScript, readEffects } from './tally.ts';

const LEAST = 30_000;
/** A message comes again twelve minutes after its worker died; the sweep comes every five. */
const MOST_SYNCING_MS = 20 * 60_000;
/** Keys are opened once in a delivery: every fifth effect is near enough. */
const KEY_EVERY = 5;
const KEY_TROUBLE_MS = [2 * 60_000, 90 * 60_000];
/** What depends on the registrar least is played at two of them: with nameservers in the listing, and without. */
const TWO: readonly RegistrarId[] = ['namecom', 'porkbun'];
/** Where the registrar changed nothing either: what is written differs. */
const UNCHANGED: readonly RegistrarId[] = ['godaddy', 'gandi', 'porkbun'];

/** A process that ends, or an effect that fails, at each side effect of a sync. */
export const points: Group = {
  name: 'crash',
  about:
    'cases (side effect, what happens there, what began the run, who comes to the rescue, registrar, whether anything changed) after which something was lost, stuck, doubled or left; the control ignores the conditions of writes',
  async measure(tell) {
    const tally = createTally('crash');
    const meanwhile = createTally('meanwhile');
    const frozen = createTally('frozen');
    const deletions = createTally('deletions');
    const keys = createTally('keys');
    let broken = 0;
    for (const [registrar, isChanged] of toBases()) {
      const base = await createBase(registrar, isChanged);
      for (const trigger of TRIGGERS) {
        const alone = await readEffects(base, trigger);
        for (const recovery of RECOVERIES) {
          const effects = await readEffects(base, trigger, recovery);
          const own = recovery === 'delete' ? deletions : tally;
          for (const at of effects.keys())
            for (const fate of FATES) await own.play(base, { trigger, recovery, mishaps: [[at, fate]] });
          if (recovery === 'alone' || !isChanged) continue;
          for (const at of alone.keys()) await meanwhile.play(base, { trigger, recovery, meanwhileAt: at });
        }
      }
      if (isChanged && TWO.includes(registrar)) {
        await closeKeys(base, keys);
        await freezeEach(base, frozen);
      }
      if (isChanged && registrar === 'namecom') broken = await countFenceless(base);
    }
    const control = { value: broken, caught: broken > 0 };
    const syncingMs = Math.max(tally.counts.syncingMs, deletions.counts.syncingMs);
    tell(exactly('crash.violated', tally.counts.violated, 0, control));
    tell(exactly('crash.deletions.violated', deletions.counts.violated, 0));
    tell(atLeast('crash.deletions.combinations', deletions.distinct(), 5_000));
    tell(atLeast('crash.combinations', tally.distinct() + deletions.distinct(), LEAST));
    tell(atMost('crash.syncing-minutes', syncingMs / 60_000, MOST_SYNCING_MS / 60_000));
    tell(exactly('crash.keys.violated', keys.counts.violated, 0));
    tell(atLeast('crash.keys.combinations', keys.distinct(), 500));
    tell(exactly('crash.meanwhile.violated', meanwhile.counts.violated, 0, control));
    tell(atLeast('crash.meanwhile.combinations', meanwhile.distinct(), 2_000));
    tell(exactly('crash.frozen.violated', frozen.counts.violated, 0));
    tell(atLeast('crash.frozen.combinations', frozen.distinct(), 300));
  },
};

function toBases(): readonly (readonly [RegistrarId, boolean])[] {
  return REGISTRAR_IDS.flatMap((registrar) =>
    UNCHANGED.includes(registrar)
      ? [[registrar, true] as const, [registrar, false] as const]
      : [[registrar, true] as const],
  );
}

/** The keys can't be used from each effect on, for minutes or for longer than a run lasts, and are back then. */
async function closeKeys(base: Base, tally: ReturnType<typeof createTally>): Promise<void> {
  for (const trigger of TRIGGERS) {
    const effects = await readEffects(base, trigger);
    for (const recovery of RECOVERIES)
      for (const keylessFrom of [...effects.keys()].filter((each) => each % KEY_EVERY === 0))
        for (const troubleMs of KEY_TROUBLE_MS)
          await tally.play(base, { trigger, recovery, keylessFrom, troubleMs });
  }
}

/** A process that stands still for twenty minutes at each effect, while its message goes on without it. */
async function freezeEach(base: Base, tally: ReturnType<typeof createTally>): Promise<void> {
  for (const trigger of TRIGGERS) {
    const effects = await readEffects(base, trigger);
    for (const at of effects.keys())
      await tally.play(base, { trigger, recovery: 'alone', mishaps: [[at, 'freezes']] });
  }
}

/** How often it shows where each write is carried out whoever made it. */
async function countFenceless(base: Base): Promise<number> {
  let violated = 0;
  for (const trigger of TRIGGERS)
    for (let at = 0; at < 40; at += 2) {
      const script = { trigger, recovery: 'credentials', meanwhileAt: at, isFenceless: true } as const;
      violated += (await playScript(base, script)).wrong.length > 0 ? 1 : 0;
    }
  return violated;
}
