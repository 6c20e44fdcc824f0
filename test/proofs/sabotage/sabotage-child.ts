/**
 * `node test/proofs/sabotage/sabotage-child.ts <number> [--sound]`: plays what must detect one breakage, with our code
 * broken so, or sound; prints `{"wrong": […]}`.
 */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BREAKAGES, type Breakage, type Detection } from './breakages.ts';

const ROOT = join(import.meta.dirname, '../../..');
const [number = '', mode] = process.argv.slice(2);
const breakage = BREAKAGES[Number(number)];
if (!breakage) throw new Error(`there is no breakage ${number}`);
if (mode !== '--sound') breakCode(breakage);

const wrong = await detect(breakage.detection);
process.stdout.write(`${JSON.stringify({ wrong: wrong.slice(0, 3) })}\n`);
process.exit(0);

/** Lets Node load the file with its one text changed. */
function breakCode({ file, find, put }: Breakage): void {
  const broken = pathToFileURL(join(ROOT, file)).href;
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (url !== broken) return loaded;
      const source = String(loaded.source);
      if (source.split(find).length !== 2) throw new Error(`${file} hasn't exactly one: ${find}`);
      return { ...loaded, source: source.replace(find, () => put) };
    },
  });
}

async function detect(detection: Detection): Promise<readonly string[]> {
  switch (detection.by) {
    case 'fault': {
      const { SCENARIOS } = await import('../faults/catalogue/index.ts');
      const { runScenario } = await import('../faults/run-scenario.ts');
      const meant = SCENARIOS.filter(
        ({ fault, registrar, variant }) =>
          fault === detection.fault && `${registrar} ${variant}`.includes(detection.with),
      );
      if (meant.length === 0) throw new Error('no such scenario');
      return untilWrong(meant.map((scenario) => () => runScenario(scenario)));
    }
    case 'crash': {
      const { createBase } = await import('../crash/base.ts');
      const { playScript } = await import('../crash/tally.ts');
      const base = await createBase('namecom');
      const { trigger, recovery, at: fate } = detection;
      const points = fate === 'none' ? [0] : Array.from({ length: 20 }, (_, at) => at * 2);
      return untilWrong(
        points.map((at) => async () => {
          const mishaps = fate === 'dies after' || fate === 'lost' ? [[at, fate] as const] : [];
          const script = { trigger, recovery, mishaps, ...(fate === 'meanwhile' && { meanwhileAt: at }) };
          return (await playScript(base, script)).wrong;
        }),
      );
    }
    case 'schedules': {
      const { createBases, playSeed } = await import('../crash/schedules.ts');
      const toBase = await createBases();
      return untilWrong(
        detection.seeds.map((seed) => async () => (await playSeed(toBase(seed), seed)).wrong),
      );
    }
    case 'property': {
      const { PROPERTIES } = await import('./properties.ts');
      const property = PROPERTIES[detection.property];
      if (!property) throw new Error(`no property ${detection.property}`);
      return property();
    }
  }
}

/** Plays one after the other until something is wrong; what breaks off is wrong. */
async function untilWrong(plays: readonly (() => Promise<readonly string[]>)[]): Promise<readonly string[]> {
  for (const play of plays) {
    const wrong = await play().catch((error: unknown) => [`broke off: ${error}`]);
    if (wrong.length > 0) return wrong;
  }
  return [];
}
