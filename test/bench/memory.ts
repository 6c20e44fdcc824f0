import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { toBundleOptions } from '#infra/bundle.ts';
import { makeAccountBook } from '#simulators/accounts.ts';
import { PROTOCOLS } from '#simulators/protocols.ts';
import { readBody } from '#simulators/read-body.ts';
import { createMemoryRows } from '#store/memory-rows.ts';
import { CREDENTIALS_TABLE, PORTFOLIO_TABLE } from '#store/table.ts';
import { atMost, type Group } from '../figures/figure.ts';
import { say } from '../figures/say.ts';
import { lendRows } from './distant-rows.ts';
import { LARGE, makeBenchPortfolio } from './portfolios.ts';

const MEBIBYTE = 1_048_576;
const MOST_MEBIBYTES = 256;
/** How much more may be in use after a hundred pages than after ten. */
const MOST_GROWTH_MEBIBYTES = 2;
/** Ranges are alike, and each is a message: all of them are read at one registrar, and so many zones at the others. */
const ALL_ZONES: readonly RegistrarId[] = ['godaddy'];
const SOME_ZONES = 3_000;

/** What a worker and the API keep in memory while an account of 100,000 domains passes through. */
export const memory: Group = {
  name: 'memory',
  about:
    'peak RSS in MiB of a process that syncs 100,000 domains, step by step, beside an idle one; live heap while paging',
  async measure(tell) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-memory-'));
    const code = join(folder, 'memory-child.mjs');
    await build({ ...toBundleOptions(), entryPoints: ['test/bench/memory-child.ts'], outfile: code });
    for (const registrar of REGISTRAR_IDS) {
      const simulator = await startSimulator(registrar);
      const tables = {
        portfolio: createMemoryRows(PORTFOLIO_TABLE),
        credentials: createMemoryRows(CREDENTIALS_TABLE),
      };
      const run = (part: string, zones: number) =>
        runChild(code, [part, registrar, simulator.origin, String(zones), simulator.credentials], tables);
      const peaks = await run('sync', ALL_ZONES.includes(registrar) ? LARGE : SOME_ZONES);
      say(
        `${registrar}: ${[...peaks].map(([step, mebibytes]) => `${step} ${mebibytes.toFixed(0)}`).join(', ')} MiB`,
      );
      const control = registrar === 'godaddy' ? (await run('hoard', 0)).get('finish') : undefined;
      tell(
        atMost(
          `memory.worker-mib.${registrar}`,
          peaks.get('finish') ?? Number.NaN,
          MOST_MEBIBYTES,
          control === undefined ? undefined : { value: control, caught: control > MOST_MEBIBYTES },
        ),
      );
      if (registrar === 'godaddy') {
        const grown = toGrowth(await run('pages', 0));
        const kept = toGrowth(await run('pages-kept', 0));
        const caught = kept > MOST_GROWTH_MEBIBYTES;
        tell(atMost('memory.api-growth-mib', grown, MOST_GROWTH_MEBIBYTES, { value: kept, caught }));
      }
      simulator.close();
    }
    rmSync(folder, { recursive: true, force: true });
  },
};

const toGrowth = (peaks: ReadonlyMap<string, number>) =>
  Math.max(0, (peaks.get('last') ?? Number.NaN) - (peaks.get('tenth') ?? Number.NaN));

/**
 * The flags by which Lambda starts Node in a function of so much memory: a tenth of it for what is young, in halves, and
 * the rest for what is old. Its bootstrap says so, verified 2026-11-26.
 */
function toNodeFlags(mebibytes: number): readonly string[] {
  const young = Math.floor(mebibytes / 10);
  const semi = Math.floor(young / 2);
  return ['--expose-gc', `--max-semi-space-size=${semi}`, `--max-old-space-size=${mebibytes - young}`];
}

/** Runs a part in a process of its own; gives MiB by step. */
async function runChild(
  code: string,
  args: readonly string[],
  tables: Parameters<typeof lendRows>[1],
): Promise<ReadonlyMap<string, number>> {
  const child = fork(code, args, {
    serialization: 'advanced',
    execArgv: [...toNodeFlags(args[0] === 'hoard' ? 8 * MOST_MEBIBYTES : MOST_MEBIBYTES)],
    env: { ...process.env, AWS_REGION: 'us-east-1' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const mebibytes = new Map<string, number>();
  child.on(
    'message',
    (message: {
      readonly told?: { readonly step?: string; readonly bytes?: number; readonly note?: string };
    }) => {
      const { told } = message;
      if (told === undefined) return;
      if (told.step !== undefined) mebibytes.set(told.step, Number(told.bytes) / MEBIBYTE);
      if (told.note !== undefined) say(told.note);
    },
  );
  lendRows(child, tables);
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new Error(`the measured process ended with ${status}`);
  return mebibytes;
}

/** A registrar's simulator without its rate limit, for a worker whose clock nobody waits for. */
async function startSimulator(registrar: RegistrarId) {
  const protocol = PROTOCOLS.find(({ id }) => id === registrar);
  if (!protocol) throw new Error(`no simulator of ${registrar}`);
  const accounts = makeAccountBook(protocol, (size, seed) => makeBenchPortfolio(registrar, { size, seed }));
  const { account } = accounts.put('large', { size: LARGE, seed: 7 });
  const server = createServer(async (incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const answer = protocol.answer(
      {
        method: incoming.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers as Record<string, string>,
        body: (await readBody(incoming, MEBIBYTE)) ?? '',
        remoteAddress: '127.0.0.1',
      },
      { accounts: accounts.list(), now: () => Date.UTC(2026, 10, 23) },
    );
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: JSON.stringify(account.credentials),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
