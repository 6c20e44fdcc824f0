import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { atLeast, atMost, exactly, type Group } from '../../figures/figure.ts';
import { type Base, createBase } from './base.ts';
import { FATES, type Fate, type Plan } from './effects.ts';
import { play, RECOVERIES, TRIGGERS } from './play.ts';
import { createTally } from './tally.ts';

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
        const { effects: alone } = await play(base, { trigger, recovery: 'alone', plan: () => undefined });
        for (const recovery of RECOVERIES) {
          const { effects } = await play(base, { trigger, recovery, plan: () => undefined });
          for (const [at, effect] of effects.entries())
            for (const fate of FATES)
              await (recovery === 'delete' ? deletions : tally).play(
                base,
                `${trigger}, ${recovery}: ${at} ${effect} ${fate}`,
                { trigger, recovery, plan: atEffect(at, fate) },
              );
          if (recovery === 'alone' || !isChanged) continue;
          for (const [at, effect] of alone.entries())
            await meanwhile.play(base, `${trigger}: ${recovery} at ${at} ${effect}`, {
              trigger,
              recovery,
              plan: () => undefined,
              meanwhileAt: at,
            });
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
    const { effects } = await play(base, { trigger, recovery: 'alone', plan: () => undefined });
    for (const recovery of RECOVERIES)
      for (const at of [...effects.keys()].filter((each) => each % KEY_EVERY === 0))
        for (const troubleMs of KEY_TROUBLE_MS) {
          let count = 0;
          const plan: Plan = (effect) => (count++ >= at && effect.startsWith('kms.') ? 'lost' : undefined);
          const label = `${trigger}, ${recovery}: no keys from ${at} on for ${troubleMs / 60_000} minutes`;
          await tally.play(base, label, { trigger, recovery, plan, troubleMs });
        }
  }
}

/** A process that stands still for twenty minutes at each effect, while its message goes on without it. */
async function freezeEach(base: Base, tally: ReturnType<typeof createTally>): Promise<void> {
  for (const trigger of TRIGGERS) {
    const { effects } = await play(base, { trigger, recovery: 'alone', plan: () => undefined });
    for (const [at, effect] of effects.entries())
      await tally.play(base, `${trigger}: ${at} ${effect} freezes`, {
        trigger,
        recovery: 'alone',
        plan: atEffect(at, 'freezes'),
      });
  }
}

/** Something happens at one effect, and nowhere else. */
export function atEffect(at: number, fate: Fate): Plan {
  let count = 0;
  return () => (count++ === at ? fate : undefined);
}

/** How often it shows where each write is carried out whoever made it. */
async function countFenceless(base: Base): Promise<number> {
  let violated = 0;
  for (const trigger of TRIGGERS)
    for (let at = 0; at < 40; at += 2) {
      const given = { trigger, recovery: 'credentials', plan: () => undefined, meanwhileAt: at } as const;
      const outcome = await play(base, { ...given, isFenceless: true }).catch(() => ({
        wrong: ['broke off'],
      }));
      violated += outcome.wrong.length > 0 ? 1 : 0;
    }
  return violated;
}
