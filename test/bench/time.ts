import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { atMost, type Group, within } from '../figures/figure.ts';
import { toLeastMs, windowsOf } from './bounds.ts';
import { LARGE } from './portfolios.ts';
import { measureSync } from './syncs.ts';

/** What a call takes: the last one's answer still has to come, and the first one's question to arrive. */
const TRIPS_MS = 700;
/** How near to the bound; windows of a second cost more, since proof waits for the answer of each call. */
const NEAR = 1.05;
const NEAR_BY_SECONDS = 1.55;

/** Most seconds of a small sync, where the limits let it pass in one burst. */
const SMALL: readonly (readonly [size: number, seconds: number])[] = [
  [10, 2],
  [50, 5],
];
const BURSTING: readonly RegistrarId[] = ['godaddy', 'gandi', 'namecom'];

/**
 * Virtual seconds of a first sync, against the least in which the registrar's windows let its calls pass.
 * @param large registrars at which 100,000 domains are read, too
 */
export const toTime = (large: readonly RegistrarId[]): Group => ({
  name: 'time',
  about:
    'virtual seconds of a first sync at 0.35 s a call; the bound is the least time in which the windows let its calls pass, and for small ones what people wait for',
  async measure(tell) {
    for (const registrar of BURSTING) {
      for (const [size, seconds] of SMALL) {
        const sync = await measureSync({ registrar, size });
        tell(atMost(`time.${registrar}.${size}`, sync.ms / 1000, seconds));
      }
    }
    for (const registrar of REGISTRAR_IDS) {
      for (const size of [1_000, ...(large.includes(registrar) ? [LARGE] : [])]) {
        // A thousand zones that are all to be read; of a hundred thousand a fifth is elsewhere, as with the other figures.
        const form = size === 1_000 ? { allHere: true } : { tinyZones: true };
        const sync = await measureSync({ registrar, size, ...form });
        const boundMs = toLeastMs(windowsOf(registrar), sync.calls) + TRIPS_MS;
        const factor = isBySeconds(registrar, size) ? NEAR_BY_SECONDS : NEAR;
        tell(within(`time.${registrar}.${size}`, sync.ms / 1000, boundMs / 1000, factor));
      }
    }
  },
});

/** Whether a window of a second decides. At Name.com it is the hour's from 3,000 calls on. */
function isBySeconds(registrar: RegistrarId, size: number): boolean {
  return registrar === 'porkbun' || (registrar === 'namecom' && size < 3_000);
}
