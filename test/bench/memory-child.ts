/**
 * `node test/bench/memory-child.ts <part> <registrar> <origin> <zones>`, started by memory.ts: a sync of one large account
 * by the shipped use cases and adapters, or the API's pages over it. Rows are the parent's. Tells bytes of its memory.
 */
import { readFileSync } from 'node:fs';
import { createWholeApi } from '#api/app.ts';
import { newId, toTenantId } from '#core/ids.ts';
import type { RegistrarMessage } from '#core/payloads.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Credentials } from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { toSecret } from '#core/secret.ts';
import * as clients from '#lambda/clients.ts';
import { createRegistrarGateway } from '#lambda/registrar-gateway.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { createMemoryRows } from '#store/memory-rows.ts';
import { createStores } from '#store/stores.ts';
import { CREDENTIALS_TABLE, PORTFOLIO_TABLE } from '#store/table.ts';
import { createIntakeCommands } from '#sync/commands/intake-commands.ts';
import { createPlainCommands } from '#sync/commands/plain-commands.ts';
import { finishSync } from '#sync/runs/finish-sync.ts';
import { handleRegistrarMessage } from '#sync/steps/registrar-step.ts';
import type { WorkerDeps } from '#sync/steps/worker-deps.ts';
import { createMemoryVault } from '#test/support/vault.ts';
import { createDistantRows } from './distant-rows.ts';

const [part = '', registrar = 'godaddy', origin = '', zones = '0', credentials = '{}'] =
  process.argv.slice(2);
const id = registrar as RegistrarId;
const claims = {
  iss: 'https://issuer.test',
  sub: 'alice',
  exp: '4000000000',
  token_use: 'access',
  client_id: 'client',
};
const tenantId = toTenantId(claims.iss, claims.sub);
const integrationId = 'integrationaaaaaaaaaaaaaaa';

/** A clock that nobody waits for: who sleeps moves it on. */
let nowMs = Date.UTC(2026, 10, 23);
const began = performance.now();
const clock: Clock = {
  now: () => nowMs + Math.floor(performance.now() - began),
  sleep: async (ms) => {
    if (ms > 0) nowMs += ms;
  },
};

/** The control keeps every row with the worker. */
const toRows = (table: 'portfolio' | 'credentials') =>
  part === 'hoard'
    ? createMemoryRows(table === 'portfolio' ? PORTFOLIO_TABLE : CREDENTIALS_TABLE)
    : createDistantRows(table);
const stores = createStores({ portfolio: toRows('portfolio'), credentials: toRows('credentials'), clock });
const vault = createMemoryVault();
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const workflow = {
  start: async () => undefined,
  stop: async () => undefined,
  status: async () => 'running' as const,
};
const runDeps = { ...stores, clock, log, newId, workflow };
const intake = {
  ...runDeps,
  sealer: vault,
  fingerprinter: vault,
  limitSubject: (_: RegistrarId, given: Credentials) => REGISTRARS[id].limitSubject(given),
};

/** A worker has the AWS SDK loaded, and its clients made, whoever keeps its rows. */
export const loaded = Object.values(clients).map((create) => create());

const tell = (told: object) => process.send?.({ told });
const tellPeak = (step: string) => tell({ step, bytes: toPeakRss() });

/** The most that this process has held so far; `getrusage` would count what its parent held when it was forked. */
function toPeakRss(): number {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

if (part.startsWith('pages')) await readPages();
else await sync();
process.disconnect();

async function sync(): Promise<void> {
  tellPeak('start');
  const added = await createIntakeCommands(intake).add({
    tenantId,
    id: integrationId,
    registrar: id,
    environment: 'simulator',
    label: null,
    allowDuplicate: true,
    credentials: toSecret(JSON.parse(credentials)),
  });
  if (added.outcome !== 'added') throw new Error(added.outcome);
  const { runId, epoch, trigger } = added.run;
  const head = { tenantId, integrationId, registrar: id, runId, epoch, trigger };

  let outcome: unknown;
  let parked: { message: RegistrarMessage; delayMs: number } | undefined;
  const deps: WorkerDeps = {
    ...runDeps,
    random: () => 0.5,
    opener: vault,
    tokens: {
      succeed: async (_token, output) => {
        outcome = output ?? null;
      },
      fail: async (_token, error) => {
        throw new Error(`the step failed: ${error}`);
      },
      heartbeat: async () => undefined,
    },
    queue: {
      park: async (message, seconds) => {
        parked = { message, delayMs: seconds * 1000 };
      },
    },
    registrar: createRegistrarGateway({
      definition: REGISTRARS[id],
      simulatorOrigin: origin,
      egressAddress: null,
      now: clock.now,
    }),
  };
  const step = async (first: RegistrarMessage): Promise<unknown> => {
    outcome = undefined;
    for (let message: RegistrarMessage | undefined = first; message; ) {
      parked = undefined;
      await handleRegistrarMessage(deps, message, newId());
      if (outcome !== undefined) return outcome;
      const next = parked as { message: RegistrarMessage; delayMs: number } | undefined;
      nowMs += next?.delayMs ?? 0;
      message = next?.message;
    }
    throw new Error('the step neither ended nor parked');
  };

  const delivery = { taskToken: 'token', attempt: 0, hop: 0 };
  await step({ ...head, ...delivery, kind: 'validate' });
  tellPeak('validate');
  const { ranges } = (await step({ ...head, ...delivery, kind: 'list' })) as { ranges: number };
  tellPeak('list');
  const wanted = Math.min(ranges, Math.ceil(Number(zones) / REGISTRARS[id].rangeSize));
  for (let range = 1; range <= wanted; range++) await step({ ...head, ...delivery, kind: 'dns', range });
  tell({ note: `${registrar}: zones of ${wanted} of ${ranges} ranges` });
  tellPeak('dns');
  await finishSync(runDeps, head);
  tellPeak('finish');
}

/** Reads the list to its end as a client does, page by page, or, the control, all of it before anything is let go. */
async function readPages(): Promise<void> {
  const app = createWholeApi({
    stores,
    registrars: REGISTRARS,
    fingerprinter: vault,
    clock,
    newId,
    log,
    egressAddresses: [],
    clientId: 'client',
    commands: { ...createPlainCommands(runDeps), ...createIntakeCommands(intake) },
  });
  const token = [{ alg: 'RS256' }, claims].map((each) =>
    Buffer.from(JSON.stringify(each)).toString('base64url'),
  );
  const headers = { authorization: `Bearer ${token.join('.')}.c2ln` };
  const event = { requestContext: { authorizer: { jwt: { claims } } } };
  const kept: unknown[] = [];
  let cursor: string | null = null;
  let rows = 0;
  for (let page = 1; page === 1 || cursor !== null; page++) {
    const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer: Response = await app.request(`/v1/domains?limit=1000${next}`, { headers }, { event });
    const body = (await answer.json()) as { items: unknown[]; nextCursor: string | null };
    if (answer.status !== 200) throw new Error(JSON.stringify(body));
    rows += body.items.length;
    cursor = body.nextCursor;
    if (part === 'pages-kept') kept.push(...body.items);
    if (page === 10) tell({ step: 'tenth', bytes: toLiveHeap() });
  }
  tell({ step: 'last', bytes: toLiveHeap() });
  tell({ note: `${rows} rows in pages of 1000, ${kept.length} of them kept` });
  tellPeak('pages');
}

/** What is in use once all that isn't has been let go. */
function toLiveHeap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
