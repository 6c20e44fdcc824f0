/** `node test/proofs/crash/replay.ts <seed>`: plays one random schedule again, and prints what happened at each effect. */
import { createBase } from './base.ts';
import { play } from './play.ts';
import { toCase, toRegistrar } from './schedules.ts';

const seed = Number(process.argv[2]);
if (!Number.isInteger(seed)) throw new Error('which seed?');
const given = toCase(seed);
const lines: string[] = [];
const outcome = await play(await createBase(toRegistrar(seed)), {
  ...given,
  plan(effect) {
    const fate = given.plan(effect);
    lines.push(`${String(lines.length).padStart(4)} ${effect}${fate ? `: ${fate}` : ''}`);
    return fate;
  },
});
const { trigger, recovery, meanwhileAt } = given;
process.stdout.write(
  `${lines.join('\n')}\n${JSON.stringify({ seed, registrar: toRegistrar(seed), trigger, recovery, meanwhileAt })}\n${outcome.wrong.join('\n') || 'nothing is wrong'}\n`,
);
