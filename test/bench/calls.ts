import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { type Control, exactly, type Group } from '../figures/figure.ts';
import { toListCalls, toZoneCalls, VALIDATION_CALLS } from './bounds.ts';
import { LARGE, makeBenchPortfolio } from './portfolios.ts';
import { measureSync } from './syncs.ts';

const SIZES = [0, 10, 50, 1_000];

/**
 * Registrar calls of a sync, as the simulators counted them, against what the portfolio makes necessary.
 * @param large registrars at which 100,000 domains are read, too
 */
export const toCalls = (large: readonly RegistrarId[]): Group => ({
  name: 'calls',
  about:
    'registrar calls of a first sync = validation + list pages + nameservers asked + record pages; nothing on top',
  async measure(tell) {
    for (const registrar of REGISTRAR_IDS) {
      for (const size of [...SIZES, ...(large.includes(registrar) ? [LARGE] : [])]) {
        const form = { registrar, size, tinyZones: size > 1_000 };
        const sync = await measureSync(form);
        const zones = toZoneCalls(registrar, makeBenchPortfolio(registrar, form));
        const fixed = VALIDATION_CALLS[registrar] + toListCalls(registrar, size);
        // Where one run is not enough each proves and lists again, and reads other zones than the one before.
        const bound =
          sync.runs.length === 1
            ? fixed + zones.nameServers + zones.pages
            : sync.runs.reduce((sum, run) => sum + fixed + run.nameServersAsked + run.zonesAsked, 0);
        const control = size === 10 ? await measureControl(registrar, bound) : undefined;
        tell(exactly(`calls.${registrar}.${size}`, sync.calls, bound, control));
        const between = sync.runs.length - 1;
        if (between === 0) continue;
        const again = sync.calls - sync.runs.length * fixed - zones.nameServers - zones.pages;
        tell(exactly(`calls.${registrar}.${size}.read-again`, Math.max(0, again), 0));
      }
      await tellLargeZones(registrar, tell);
    }
  },
});

/** The same sync with one call that has to be made again. */
async function measureControl(registrar: RegistrarId, bound: number): Promise<Control> {
  const { calls: value } = await measureSync({ registrar, size: 10, failsAtCall: 6 });
  return { value, caught: value !== bound };
}

/** Zones of several record pages, where a registrar pages them. */
async function tellLargeZones(registrar: RegistrarId, tell: Parameters<Group['measure']>[0]): Promise<void> {
  const form = { registrar, size: 10, zoneSize: 1_200 };
  const sync = await measureSync(form);
  const zones = toZoneCalls(registrar, makeBenchPortfolio(registrar, form));
  const bound = VALIDATION_CALLS[registrar] + toListCalls(registrar, 10) + zones.nameServers + zones.pages;
  tell(exactly(`calls.${registrar}.10-large-zones`, sync.calls, bound));
}
