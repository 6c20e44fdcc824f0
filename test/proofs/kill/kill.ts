import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '#test/bench/random.ts';
import type { Person } from '#test/support/running-system.ts';
import { atLeast, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { AN_HOUR_LATER_MS, beginLives, KILLS_A_DAY, type Lives, MINUTES_LATER_MS } from './lives.ts';
import { listShown, lookUntilWell, type Shown } from './look.ts';

const ACCOUNT = 'demo-10';
/** Who lets ten domains be read in a second or two; Porkbun takes twenty, and joins now and then. */
const REGISTRARS = ['godaddy', 'namecheap', 'gandi', 'namecom', 'porkbun'];
const PORKBUN_EVERY = 8;
/** A kill comes within so long after people began to act; the syncs that they start are over about then. */
const WITHIN_MS = 2_600;
const SEED = 20_261_129;

type Deed = 'connect' | 'sync' | 'credentials' | 'delete';

/** Ends the whole product by SIGKILL while people act, starts it again, and looks at all that they have. */
export function toKill(points: number): Group {
  return {
    name: 'kill',
    about: `the whole of npm start ended by SIGKILL at ${points} moments, and begun again with what it had stored; the control looks for another account`,
    async measure(tell) {
      const random = createRandom(SEED);
      let lives = await beginLives();
      let kills = 0;
      let broken = 0;
      let whileSyncing = 0;
      try {
        for (let point = 1; point <= points; point += 1) {
          if (point > KILLS_A_DAY && point % KILLS_A_DAY === 1) {
            await lives.end();
            lives = await beginLives();
          }
          const deeds = chooseDeeds(await listShown(lives.person), point, random);
          const afterMs = Math.floor(random() * WITHIN_MS);
          const acting = act(lives.person, deeds);
          await sleep(afterMs);
          if ((await listShown(lives.person)).some(({ status }) => status === 'SYNCING')) whileSyncing += 1;
          await lives.next(MINUTES_LATER_MS);
          kills += 1;
          await acting;
          const soon = await lookUntilWell(lives, ACCOUNT, { mayWaitForTick: true });
          await lives.next(AN_HOUR_LATER_MS);
          const wrong = [...soon, ...(await lookUntilWell(lives, ACCOUNT))];
          if (wrong.length > 0) broken += 1;
          const told = [...deeds].map(([registrar, { deed }]) => `${registrar} ${deed}`).join(', ');
          say(`kill ${point} after ${afterMs} ms of ${told}: ${wrong.slice(0, 5).join('; ') || 'well'}`);
        }
        const missed = await lookForAnother(lives);
        tell(exactly('kill.broken', broken, 0, { value: missed, caught: missed > 0 }));
        tell(atLeast('kill.points', kills, points));
        tell(atLeast('kill.while-syncing', whileSyncing, Math.floor(points / 2)));
      } finally {
        await lives.end();
      }
    },
  };
}

interface Planned {
  readonly deed: Deed;
  readonly id?: string;
}

/** One deed for each registrar: what isn't there is connected, what is there is synced, given new credentials or deleted. */
function chooseDeeds(shown: readonly Shown[], point: number, random: () => number): Map<string, Planned> {
  const deeds = new Map<string, Planned>();
  for (const registrar of REGISTRARS) {
    if (registrar === 'porkbun' && point % PORKBUN_EVERY !== 0) continue;
    const found = shown.find((each) => each.registrar === registrar);
    const choice = random();
    if (!found) deeds.set(registrar, { deed: 'connect' });
    else if (choice < 0.5) deeds.set(registrar, { deed: 'sync', id: found.id });
    else deeds.set(registrar, { deed: choice < 0.75 ? 'credentials' : 'delete', id: found.id });
  }
  return deeds;
}

/** Does all at once; a request that the kill cut off may have been done, or not. */
async function act(person: Person, deeds: ReadonlyMap<string, Planned>): Promise<void> {
  await Promise.allSettled(
    [...deeds].map(async ([registrar, { deed, id }]) => {
      if (deed === 'connect') await person.connect(registrar, ACCOUNT);
      else if (deed === 'sync') await person.post(`/v1/integrations/${id}/sync`);
      else if (deed === 'delete') await person.call('DELETE', `/v1/integrations/${id}`);
      else await person.replaceCredentials(id as string, registrar, ACCOUNT);
    }),
  );
}

/** How much is wrong where what is stored is held against an account that it isn't of. */
async function lookForAnother(lives: Lives): Promise<number> {
  if ((await listShown(lives.person)).length === 0) await lives.person.connect('gandi', ACCOUNT);
  await lookUntilWell(lives, ACCOUNT);
  return (await lookUntilWell(lives, 'demo-50', { mostMs: 1_000 })).length;
}
