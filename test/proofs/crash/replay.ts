/**
 * Plays a case again, and prints what happened at each effect: `node test/proofs/crash/replay.ts <seed>` a random
 * schedule, and with the options that a failure prints any other.
 */
import { createBase } from './base.ts';
import { play } from './play.ts';
import { playSeed, toRegistrar } from './schedules.ts';
import { readScript, type Script, type Stage, toCase, toCommand } from './script.ts';

const options = process.argv.slice(2);
const { registrar, isChanged, ...script } = /^\d+$/.test(options[0] ?? '')
  ? await readSeed(Number(options[0]))
  : readScript(options);
const { plan, ...given } = toCase(script);
const lines: string[] = [];
const { wrong } = await play(await createBase(registrar, isChanged), {
  ...given,
  plan(effect) {
    const fate = plan(effect);
    lines.push(`${String(lines.length).padStart(4)} ${effect}${fate ? `: ${fate}` : ''}`);
    return fate;
  },
});
const command = toCommand({ registrar, isChanged }, script);
process.stdout.write(`${lines.join('\n')}\n${command}\n${wrong.join('\n') || 'nothing is wrong'}\n`);

async function readSeed(seed: number): Promise<Stage & Script> {
  const registrar = toRegistrar(seed);
  const { script } = await playSeed(await createBase(registrar), seed);
  return { registrar, isChanged: true, ...script };
}
