import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { atLeast, atMost, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { fuzzAdapter } from './adapters.ts';
import { fuzzApi } from './api.ts';
import { careless } from './careless.ts';

const SEED = 20_261_129;
/** After so many the code is compiled and its memory taken: what comes on top then is growth. */
const WARM_UP = 10_000;
const CONTROL = 500;
const MOST_MS = 1_000;
const MOST_GROWTH_MIB = 64;
const MIB = 2 ** 20;

/** Answers of registrars and requests of people with something wrong in them, made from a seed. */
export function toFuzz(bodies: number, requests: number): Group {
  return {
    name: 'fuzz',
    about: `results out of form and errors that are not ours, over ${bodies} wrong answers for each adapter; answers with 5xx or out of the document, over ${requests} wrong requests; controls: an adapter that trusts, a table that is away`,
    async measure(tell) {
      for (const registrar of REGISTRAR_IDS) await fuzzAdapter(REGISTRARS[registrar], WARM_UP, SEED);
      await fuzzApi(WARM_UP, SEED);
      const began = readResident();
      let slowestMs = 0;
      for (const registrar of REGISTRAR_IDS) {
        const fuzzed = await fuzzAdapter(REGISTRARS[registrar], bodies, SEED);
        const trusting = await fuzzAdapter(careless(REGISTRARS[registrar]), CONTROL, SEED);
        for (const fault of fuzzed.wrong.slice(0, 5)) say(`${registrar} ${fault}`);
        say(`${registrar}: ${fuzzed.results} calls gave a result all the same`);
        slowestMs = Math.max(slowestMs, fuzzed.slowestMs);
        tell(exactly(`fuzz.wrong.${registrar}`, fuzzed.wrong.length, 0, toControl(trusting)));
        tell(atLeast(`fuzz.bodies.${registrar}`, fuzzed.bodies, bodies));
      }
      const api = await fuzzApi(requests, SEED);
      const broken = await fuzzApi(CONTROL, SEED, true);
      for (const fault of api.wrong.slice(0, 5)) say(fault);
      say(
        [...api.statuses]
          .sort()
          .map(([status, times]) => `${times} × ${status}`)
          .join(', '),
      );
      tell(exactly('fuzz.api.wrong', api.wrong.length, 0, toControl(broken)));
      tell(atLeast('fuzz.api.requests', api.requests, requests));
      tell(atMost('fuzz.slowest-ms', Math.max(slowestMs, api.slowestMs), MOST_MS));
      const grown = (readResident() - began) / MIB;
      tell(atMost('fuzz.growth-mib', grown, MOST_GROWTH_MIB, growWithLeak(began)));
    },
  };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: Readonly<Record<string, string>>) => void;

/**
 * Bytes of the process (RSS) once V8 has collected all garbage and given its pages back, as it does before it would run
 * out of memory: without that, how much lies about is V8's choice, and differs from run to run by a hundred MiB.
 */
function readResident(): number {
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return process.memoryUsage.rss();
}

/** The same with something that is still held: what a leak would look like. */
function growWithLeak(began: number) {
  const held = Array.from({ length: 2 * MOST_GROWTH_MIB }, () => Buffer.alloc(MIB, 1));
  const value = (readResident() - began) / MIB;
  return { value, caught: value > MOST_GROWTH_MIB && held.length > 0 };
}

function toControl({ wrong }: { readonly wrong: readonly string[] }) {
  return { value: wrong.length, caught: wrong.length > 0 };
}
