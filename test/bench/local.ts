import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT } from '#infra/bundle.ts';
import { exactly, type Group, told } from '../figures/figure.ts';
import { say } from '../figures/say.ts';

/** What a start says when it makes the stack anew, which takes most of its time. */
const SYNTHESIZING = /synthesizing the stack/;

/** How long people wait on their own machine, and for what. Seconds are told and held against nothing. */
export const local: Group = {
  name: 'local',
  about:
    'whether a second start makes anything anew; seconds of npm start, npm test and npm run synth, and where they go, are printed',
  async measure(tell) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-local-'));
    try {
      const first = await timeStart('npm start, the first', join(folder, 'first'));
      const second = await timeStart('npm start, again', join(folder, 'second'));
      tell(told('local.seconds.start', second.at(-1)?.seconds ?? Number.NaN));
      const remade = 'npm start when a source changed, beside the above';
      tell(
        told('local.seconds.synth-of-a-start', await timeSynth(remade, { CDK_VALIDATION: 'false' }, folder)),
      );
      const context = { CDK_CONTEXT_JSON: '{"nag":"true"}' };
      tell(told('local.seconds.synth', await timeSynth('npm run synth', context, folder)));
      tell(told('local.seconds.test', await timeTests(join(folder, 'tests.json'))));
      tell(exactly('local.synths-of-a-start-without-changes', countSynths(second), 0));
      say(`the first start made the stack ${countSynths(first) === 1 ? 'anew' : 'ready before'}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Line {
  readonly text: string;
  readonly seconds: number;
}

const countSynths = (lines: readonly Line[]) => lines.filter(({ text }) => SYNTHESIZING.test(text)).length;

async function timeStart(what: string, dataDir: string): Promise<readonly Line[]> {
  const env = { PORT: '0', SIM_PORT: '0', DATA_DIR: dataDir };
  const lines = await readLines(['packages/local/start.ts'], env, /^ready /);
  say(`${what}: ${toSteps(lines)}`);
  return lines;
}

async function timeSynth(what: string, env: NodeJS.ProcessEnv, folder: string): Promise<number> {
  const began = performance.now();
  const lines = await readLines(['infra/app.ts'], { ...env, CDK_OUTDIR: join(folder, 'cdk.out') });
  say(`${what}: ${lines.map(({ text, seconds }) => `${seconds.toFixed(1)} s (${text})`).join('; ')}`);
  return (performance.now() - began) / 1000;
}

/** The whole suite, and the files that take longest. Whether it passes is for `npm test` to say. */
async function timeTests(report: string): Promise<number> {
  const began = performance.now();
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--reporter=json', `--outputFile=${report}`];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'ignore' });
  await new Promise((resolve) => child.once('close', resolve));
  const { numTotalTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as TestReport;
  const slowest = testResults
    .map(({ name, startTime, endTime }) => ({
      name: relative(ROOT, name),
      seconds: (endTime - startTime) / 1000,
    }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 5)
    .map(({ name, seconds }) => `${name} ${seconds.toFixed(1)}`);
  const seconds = (performance.now() - began) / 1000;
  say(
    `npm test: ${seconds.toFixed(1)} s for ${numTotalTests} tests, two files at once (${slowest.join(', ')})`,
  );
  return seconds;
}

interface TestReport {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number;
  }[];
}

/** Each line with the time since the one before it. */
function toSteps(lines: readonly Line[]): string {
  const total = lines.at(-1)?.seconds ?? 0;
  const steps = lines.map(({ text, seconds }, index) => {
    const took = seconds - (lines[index - 1]?.seconds ?? 0);
    return `${took.toFixed(1)} until ${text.split(' ').slice(0, 3).join(' ')}`;
  });
  return `${total.toFixed(1)} s (${steps.join(', ')})`;
}

/** What a program prints and when, to its end or to the line that ends it. */
async function readLines(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  last?: RegExp,
): Promise<readonly Line[]> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: Line[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      const seconds = (performance.now() - began) / 1000;
      lines.push(
        ...chunk
          .trim()
          .split('\n')
          .map((text) => ({ text, seconds })),
      );
      if (last && lines.some(({ text }) => last.test(text))) child.kill('SIGTERM');
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0)
    throw new Error(`${args.join(' ')} ended with ${code}:\n${lines.map(({ text }) => text).join('\n')}`);
  return lines;
}
