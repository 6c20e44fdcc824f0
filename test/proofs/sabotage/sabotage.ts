import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atLeast, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { BREAKAGES } from './breakages.ts';

const run = promisify(execFile);
const LEAST = 25;
/** What hangs is caught, too. */
const MOST_MS = 45_000;

/** Our own code broken on purpose: whether the proofs see it. */
export const sabotage: Group = {
  name: 'sabotage',
  about:
    'breakages of our own code that no proof saw, and sound code in which the same proofs saw one; the control counts those that were seen',
  async measure(tell) {
    let unseen = 0;
    let falseAlarms = 0;
    const sound = new Map<string, boolean>();
    for (const [number, { name, detection }] of BREAKAGES.entries()) {
      const broken = await play(number, false);
      if (broken.length === 0) unseen += 1;
      say(`${broken.length > 0 ? 'seen' : 'NOT SEEN'}: ${name}${broken.length > 0 ? ` (${broken[0]})` : ''}`);
      const key = JSON.stringify(detection);
      if (!sound.has(key)) sound.set(key, (await play(number, true)).length === 0);
      if (sound.get(key) === false) falseAlarms += 1;
    }
    const seen = BREAKAGES.length - unseen;
    tell(exactly('sabotage.unseen', unseen, 0, { value: seen, caught: seen > 0 }));
    tell(exactly('sabotage.false-alarms', falseAlarms, 0, { value: seen, caught: seen > 0 }));
    tell(atLeast('sabotage.breakages', BREAKAGES.length, LEAST));
  },
};

/** What was wrong with broken, or sound, code. */
async function play(number: number, isSound: boolean): Promise<readonly string[]> {
  const file = join(import.meta.dirname, 'sabotage-child.ts');
  try {
    const { stdout } = await run(process.execPath, [file, String(number), ...(isSound ? ['--sound'] : [])], {
      timeout: MOST_MS,
    });
    return (JSON.parse(stdout) as { readonly wrong: readonly string[] }).wrong;
  } catch (error) {
    const { killed, stderr = '' } = error as { readonly killed?: boolean; readonly stderr?: string };
    if (killed === true) return ['it hangs'];
    // A breakage that can't be made is no breakage that was seen.
    throw new Error(`breakage ${number}: ${stderr.slice(0, 400)}`, { cause: error });
  }
}
