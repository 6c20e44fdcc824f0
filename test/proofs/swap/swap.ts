import type { SealContext } from '#core/ports/vault.ts';
import { atLeast, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { countBitFlips } from './bit-flips.ts';
import { type ContextForm, FIELDS, type Field, toContexts } from './contexts.ts';
import { countMatrix } from './matrix.ts';
import { openSafe, type Safe } from './safe.ts';
import { countPutBack, countTableSwaps, type SwapCount } from './table-swaps.ts';

const MATRIX: ContextForm = { tenants: 5, integrations: 5, registrars: 5, versions: 4 };
const TABLE: ContextForm = { tenants: 2, integrations: 2, registrars: 5, versions: 2 };
/** Enough for a part that isn't bound to show. */
const SMALL: ContextForm = { tenants: 2, integrations: 2, registrars: 1, versions: 2 };
/** Former rows of one integration. */
const HISTORY: ContextForm = { tenants: 1, integrations: 2, registrars: 5, versions: 4 };
const LEAST_SWAPS = 1_000;
const LEAST_FLIPS = 1_000;

/** Sealed credentials that stand where others belong. The controls are vaults that bind one part less. */
export const swap: Group = {
  name: 'swap',
  about:
    'sealed credentials opened in the place of others: by context (matrix), in the table, put back, with a bit changed',
  async measure(tell) {
    const contexts = toContexts(MATRIX);
    const own = contexts.length;
    const matrix = countMatrix(contexts);
    tell(exactly('swap.matrix.own', matrix.own, own));
    tell(exactly('swap.matrix.refused', matrix.refused, own * (own - 1)));
    for (const field of FIELDS) {
      const { swapped } = countMatrix(contexts, field);
      const name = `swap.matrix.accepted.without_${field}`;
      tell(exactly(name, matrix.swapped, 0, { value: swapped, caught: swapped > 0 }));
    }
    await withSafe(undefined, async (safe) => {
      const swaps = await countTableSwaps(safe, toContexts(TABLE));
      tell(atLeast('swap.table.swaps', swaps.swaps, LEAST_SWAPS));
      tell(exactly('swap.table.own', swaps.own, TABLE.tenants * TABLE.integrations * TABLE.registrars));
      const sabotaged = await withSafe('tenant', (other) => countTableSwaps(other, toContexts(SMALL)));
      tell(exactly('swap.table.accepted', swaps.accepted, 0, toControl(sabotaged)));

      const history = toContexts(HISTORY);
      const putBack = await countPutBack(safe, history, true);
      const untold = await countPutBack(safe, history, false);
      say(`${putBack.swaps} times something former was put back`);
      tell(exactly('swap.put_back.accepted', putBack.accepted, 0, toControl(untold)));

      const context = contexts[0] as SealContext;
      const flips = await countBitFlips(safe, context, (byte, bit) => byte ^ (1 << bit));
      const unflipped = await countBitFlips(safe, context, (byte) => byte);
      tell(atLeast('swap.bit_flips', flips.flips, LEAST_FLIPS));
      tell(exactly('swap.bit_flips.accepted', flips.accepted, 0, toControl(unflipped)));
    });
  },
};

const toControl = ({ accepted }: Pick<SwapCount, 'accepted'>) => ({ value: accepted, caught: accepted > 0 });

async function withSafe<T>(omitted: Field | undefined, work: (safe: Safe) => Promise<T>): Promise<T> {
  const safe = await openSafe(omitted);
  try {
    return await work(safe);
  } finally {
    await safe.close();
  }
}
