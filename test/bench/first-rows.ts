import { toTenantId } from '#core/ids.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { atMost, type Group } from '../figures/figure.ts';
import { createApiCaller, ISSUER } from './api-caller.ts';
import { makeBenchPortfolio } from './portfolios.ts';
import { createWorld, type World } from './world.ts';

const SIZE = 1_000;
const MOST_SECONDS = 1.5;
/** What one request to the table takes, in ms. */
const ROW_MS = 5;
/** How often a client looks. */
const LOOK_MS = 20;
/** Registrars that list a thousand names in one call. */
const LISTING_AT_ONCE: readonly RegistrarId[] = ['godaddy', 'porkbun', 'namecom'];

/** When all names of an account can be read through the API, in virtual seconds from the start of its first sync. */
export const firstRows: Group = {
  name: 'first-rows',
  about:
    'virtual seconds until all 1,000 names are readable through the API, at 0.35 s a call and 5 ms a row',
  async measure(tell) {
    for (const registrar of LISTING_AT_ONCE) {
      tell(atMost(`first-rows.${registrar}`, await measure(registrar), MOST_SECONDS));
    }
  },
};

async function measure(registrar: RegistrarId): Promise<number> {
  const world = createWorld({ rowMs: ROW_MS });
  try {
    const { portfolio } = world.addAccount(
      registrar,
      'measured',
      makeBenchPortfolio(registrar, { size: SIZE, tinyZones: true }),
    );
    const read = createReader(world);
    const startedMs = world.clock.now();
    // The start of the sync is the answer to the request that added the integration; its own writes come before.
    const { run } = await world.clock.runUntil(
      world.connect(registrar, 'measured', toTenantId(ISSUER, 'alice')),
    );
    for (;;) {
      await world.clock.advance(LOOK_MS);
      const seenMs = world.clock.now();
      const names = await read();
      if (names.length === SIZE && portfolio.names.every((name) => names.includes(name))) {
        return (seenMs - Date.parse(run.startedAt)) / 1000;
      }
      if (seenMs - startedMs > 60_000) throw new Error('the names did not come');
    }
  } finally {
    await world.close();
  }
}

/** Reads all names through the API, a page after the other, as they are at this instant. */
function createReader(world: World): () => Promise<readonly string[]> {
  const call = createApiCaller(world);
  const get = async (path: string) => {
    const answer = await call(path, 'alice');
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    return (await answer.json()) as {
      readonly items: readonly { readonly name: string }[];
      readonly nextCursor?: string | null;
    };
  };
  return async () => {
    const names: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await get(`/v1/domains?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor);
    return names;
  };
}
