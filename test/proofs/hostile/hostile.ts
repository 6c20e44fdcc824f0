import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import * as z from 'zod';
import { atLeast, atMost, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { ATTACKS } from './attacks.ts';

const run = promisify(execFile);
const MOST_GROWTH_MIB = 64;
/** The deadline of a call, and a second to notice. */
const MOST_S = 21;
const REFUSALS = ['REGISTRAR_BAD_RESPONSE', 'REGISTRAR_TIMEOUT'];

const Outcome = z.strictObject({ code: z.string(), ms: z.number(), grownMib: z.number() });
type Outcome = z.infer<typeof Outcome>;

/** Answers that are made to take memory or time, over real sockets; each call has a process of its own. */
export const hostile: Group = {
  name: 'hostile',
  about:
    'growth of memory and seconds of a call whose answer is made to take both, the worst of all; the control reads it by plain fetch',
  async measure(tell) {
    const outcomes = await Promise.all(
      Object.keys(ATTACKS).map(async (attack) => {
        const outcome = await meet(attack, attack.includes('XML') ? 'namecheap' : 'godaddy');
        say(
          `${attack}: ${outcome.code} after ${(outcome.ms / 1000).toFixed(1)} s, ${outcome.grownMib.toFixed(0)} MiB`,
        );
        return outcome;
      }),
    );
    const trusting = await meet('300-MiB', 'godaddy', true);
    const accepted = outcomes.filter(({ code }) => !REFUSALS.includes(code)).length;
    const grown = Math.max(...outcomes.map(({ grownMib }) => grownMib));
    const control = { value: trusting.grownMib, caught: trusting.grownMib > MOST_GROWTH_MIB };
    tell(atLeast('hostile.attacks', outcomes.length, 10));
    tell(exactly('hostile.accepted', accepted, 0));
    tell(atMost('hostile.growth-mib', grown, MOST_GROWTH_MIB, control));
    tell(atMost('hostile.seconds', Math.max(...outcomes.map(({ ms }) => ms)) / 1000, MOST_S));
  },
};

async function meet(attack: string, registrar: string, isTrusting = false): Promise<Outcome> {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'server-child.ts'), attack], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [origin] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
    const file = join(import.meta.dirname, 'client-child.ts');
    const options = ['--expose-gc', file, registrar, origin, ...(isTrusting ? ['--trusting'] : [])];
    const { stdout } = await run(process.execPath, options, { timeout: 60_000 });
    return Outcome.parse(JSON.parse(stdout));
  } finally {
    await end(server);
  }
}

async function end(server: ChildProcess): Promise<void> {
  const gone = once(server, 'exit');
  server.kill('SIGKILL');
  await gone;
}
