import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { atLeast, exactly, type Group } from '../figures/figure.ts';
import type { Weather } from './limits-run.ts';

/** A million and some, the more where a call costs less time here. */
const CALLS: Readonly<Record<RegistrarId, number>> = {
  godaddy: 220_000,
  namecheap: 80_000,
  gandi: 250_000,
  porkbun: 200_000,
  namecom: 260_000,
};
const MILLION = 1_000_000;
/** Of the control: it breaks within less; where lanes spread the calls, it takes more of them. */
const CONTROL_CALLS = 20_000;
const CONTROL_CALLS_IN_LANES = 60_000;
/** What the control must break in all, to have been caught. */
const HUNDREDS = 200;
const LEAST_MISHAPS = 100;

/**
 * Calls that broke a registrar's window, in weeks of bad weather.
 * @param share of a million calls, more than 0 and 1 at most
 */
export const toLimits = (share: number): Group => ({
  name: 'limits',
  about:
    'calls beyond a limit, by the simulators’ sliding windows, with jitter, clock skew, dying workers, doubled messages and two integrations to a key; the control counts calls when they are sent',
  async measure(tell) {
    const sums = { calls: 0, crashes: 0, doubles: 0, control: 0 };
    for (const registrar of REGISTRAR_IDS) {
      const shipped = await measure(registrar, CALLS[registrar] * share);
      const controlCalls = REGISTRARS[registrar].limits.lanes > 1 ? CONTROL_CALLS_IN_LANES : CONTROL_CALLS;
      const control = await measure(registrar, controlCalls, '--control');
      sums.calls += shipped.calls;
      sums.crashes += shipped.crashes;
      sums.doubles += shipped.doubles;
      sums.control += control.violations;
      const caught = control.violations > 0;
      tell(exactly(`limits.${registrar}`, shipped.violations, 0, { value: control.violations, caught }));
    }
    tell(atLeast('limits.calls', sums.calls, MILLION * share));
    tell(atLeast('limits.dead-workers', sums.crashes, LEAST_MISHAPS));
    tell(atLeast('limits.doubled-messages', sums.doubles, LEAST_MISHAPS));
    tell(atLeast('limits.broken-by-control', sums.control, HUNDREDS));
  },
});

async function measure(registrar: RegistrarId, calls: number, ...flags: string[]): Promise<Weather> {
  const run = join(import.meta.dirname, 'limits-run.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [run, registrar, String(calls), ...flags]);
  return JSON.parse(stdout) as Weather;
}
