import type { StartMessage } from '#core/payloads.ts';
import { dispatchDueSyncs } from '#sync/runs/dispatch-due-syncs.ts';
import { startDueSync } from '#sync/runs/start-due-sync.ts';
import { handleRegistrarMessage } from '#sync/steps/registrar-step.ts';
import { createRandom } from '../../../bench/random.ts';
import type { RowFate } from '../../support/faulty-rows.ts';
import type { Expectation, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const HOUR_MS = 3_600_000;
const EXECUTIONS = 'arn:aws:states:us-east-1:000000000000:execution:SyncIntegration';
/** A run that nobody works on is ended by the sweep, in twenty minutes at most. */
const SWEPT: Expectation = {
  status: ['FAILED', 'SUCCEEDED', 'PARTIAL'],
  code: 'INTERNAL',
  mostMs: 20 * 60_000 + 5_000,
};

/** F37: messages that come more than once. */
const copies: readonly Scenario[] = [1, 2, 4, 9].flatMap((further) =>
  (['namecom', 'gandi', 'porkbun'] as const).map(
    (registrar): Scenario => ({
      fault: 'F37',
      variant: `each message ${further + 1} times`,
      registrar,
      isSilent: true,
      begin: (stage) => stage.world.deliverTwice(further),
      end: (stage) => stage.world.deliverTwice(0),
      expect: { status: 'SUCCEEDED', mostCalls: 40 },
    }),
  ),
);

/** F37: every message of a run again once it is over, in another order: nothing is called and nothing changes. */
const late: readonly Scenario[] = (
  ['in their order', 'from the last to the first', 'ten times'] as const
).map(
  (order): Scenario => ({
    fault: 'F37',
    variant: `all messages again, ${order}`,
    registrar: 'namecom',
    isSilent: true,
    begin: () => undefined,
    expect: { status: 'SUCCEEDED' },
    async also({ world, counters, glance, clock }) {
      const before = JSON.stringify(glance.rows.portfolio.dump());
      const calls = counters.snapshot().calls;
      const all = order === 'from the last to the first' ? world.messages.toReversed() : [...world.messages];
      for (let round = 0; round < (order === 'ten times' ? 10 : 1); round += 1)
        for (const [index, message] of all.entries())
          await clock.runUntil(
            handleRegistrarMessage(world.workerDeps(message.registrar), message, `late-${index}`),
          );
      const wrong = counters.snapshot().calls === calls ? [] : ['a late message called the registrar'];
      return JSON.stringify(glance.rows.portfolio.dump()) === before
        ? wrong
        : [...wrong, 'a late message wrote'];
    },
  }),
);

type Interrupt = (stage: Stage, execution: string) => Promise<unknown> | unknown;

const INTERRUPTS: Readonly<Record<string, Interrupt>> = {
  aborted: ({ world }, execution) => world.service.stopExecution(`${EXECUTIONS}:${execution}`, {}),
  failed: ({ world }, execution) =>
    world.service.stopExecution(`${EXECUTIONS}:${execution}`, { error: 'States.Timeout' }),
};

/** F38: an execution that ends without its end being told, at several moments. */
const aborted: readonly Scenario[] = Object.entries(INTERRUPTS).flatMap(([what, interrupt]) =>
  [0, 200, 400, 650].map(
    (afterMs): Scenario => ({
      fault: 'F38',
      variant: `${what} after ${afterMs} ms`,
      registrar: 'namecom',
      isWithinRun: true,
      isSwept: true,
      isSilent: true,
      async begin(stage, ref) {
        await stage.clock.advance(afterMs);
        const integration = await stage.glance.integrations.get(ref);
        if (integration?.runId) await interrupt(stage, integration.runId);
      },
      expect: SWEPT,
    }),
  ),
);

/** F38: Step Functions refuses to start, so and so often. */
const unstarted: readonly Scenario[] = [1, 2, 3, 100].map((times) => ({
  fault: 'F38',
  variant: `StartExecution throttled ${times} times`,
  registrar: 'namecom',
  isSwept: true,
  isSilent: true,
  begin: (stage) => stage.world.refuseStarts(times),
  end: (stage) => stage.world.refuseStarts(0),
  expect: { ...SWEPT, mostMs: 25 * 60_000 },
}));

/** F39: the schedule's tick comes 0, 1, 2 or 100 times, or a day late. */
const ticks: readonly Scenario[] = [0, 1, 2, 100].flatMap((times) =>
  [0, 24 * HOUR_MS].map(
    (lateMs): Scenario => ({
      fault: 'F39',
      variant: `${times} ticks${lateMs > 0 ? ', a day late' : ''}`,
      registrar: 'namecom',
      isSilent: true,
      begin: () => undefined,
      expect: { status: 'SUCCEEDED' },
      async also(stage, { integration }) {
        const { world, clock, glance } = stage;
        const ref = { tenantId: integration.tenantId, integrationId: integration.id };
        const before = (await glance.runs.list(ref.integrationId, 100)).items.length;
        await clock.advance(Math.max(0, (integration.dueAtMs ?? 0) - clock.now()) + lateMs);
        const messages: StartMessage[] = [];
        const send = async (sent: readonly StartMessage[]) => {
          messages.push(...sent.filter(({ integrationId }) => integrationId === ref.integrationId));
          return [];
        };
        const startQueue = { send };
        for (let tick = 0; tick < times; tick += 1) await dispatchDueSyncs({ ...world.runDeps, startQueue });
        await Promise.all(messages.map((message) => startDueSync(world.runDeps, message)));
        await clock.advance(HOUR_MS / 2);
        const runs = (await glance.runs.list(ref.integrationId, 100)).items.length - before;
        return runs === Math.min(1, times) ? [] : [`${runs} runs of ${times} ticks`];
      },
    }),
  ),
);

/** F40: a hundred people press Sync Now at the same moment; a table answers each when it will. */
const burst: readonly Scenario[] = Array.from({ length: 200 }, (_, seed) => ({
  fault: 'F40',
  variant: `100 at once, seed ${seed}`,
  registrar: 'namecom',
  stage: { size: 2 },
  isSilent: true,
  begin: () => undefined,
  expect: { status: 'SUCCEEDED' },
  async also(stage, { integration }) {
    const { world, clock, glance } = stage;
    const ref = { tenantId: integration.tenantId, integrationId: integration.id };
    await clock.advance(61_000);
    const before = (await glance.runs.list(ref.integrationId, 100)).items.length;
    const random = createRandom(seed);
    stage.spoilRows(async (): Promise<RowFate> => {
      await clock.sleep(Math.floor(random() * 5));
      return 'pass';
    });
    const outcomes = await clock.runUntil(
      Promise.all(Array.from({ length: 100 }, () => world.commands.requestSync(ref))),
    );
    stage.spoilRows(() => 'pass');
    const started = outcomes.flatMap((each) => (each.outcome === 'started' ? [each.run.runId] : []));
    const told = new Set(outcomes.flatMap((each) => (each.outcome === 'running' ? [each.runId] : [])));
    await world.finish(ref, started[0] ?? '');
    const runs = (await glance.runs.list(ref.integrationId, 100)).items.length - before;
    const wrong = started.length === 1 && runs === 1 ? [] : [`${started.length} started, ${runs} runs`];
    if (outcomes.length - started.length !== outcomes.filter(({ outcome }) => outcome === 'running').length)
      wrong.push('somebody was told something else than that it runs');
    return [...told].every((runId) => runId === started[0]) ? wrong : [...wrong, 'another run was told'];
  },
}));

/** F44: clocks of workers that are wrong. Limits can't be kept by them; what is stored must be right all the same. */
const clocks: readonly Scenario[] = [
  ['an hour ahead', () => HOUR_MS],
  ['an hour behind', () => -HOUR_MS],
  ['a second ahead', () => 1_000],
  ['a second behind', () => -1_000],
  ['five minutes ahead and behind by turns', toTurns(300_000)],
  ['an hour ahead and behind by turns', toTurns(HOUR_MS)],
].map(([variant, skewMs]) => ({
  fault: 'F44',
  variant: variant as string,
  registrar: 'namecom',
  stage: { skewMs: skewMs as () => number },
  isSilent: true,
  isSkewed: true,
  isSwept: true,
  begin: () => undefined,
  expect: { status: 'SUCCEEDED', mostMs: 3 * HOUR_MS },
}));

function toTurns(ms: number): () => number {
  let turn = 1;
  return () => {
    turn = -turn;
    return turn * ms;
  };
}

/** F46: rows that newer code wrote: each kind has a field that this code doesn't know. */
const newer: readonly Scenario[] = ['INT#', 'STATS#', 'DOM#', 'DNS#', 'RUN#', 'WORK#', 'CRED', 'B'].map(
  (kind) => ({
    fault: 'F46',
    variant: `a field from the future in rows ${kind}`,
    registrar: 'gandi',
    isSilent: true,
    async begin({ glance }, ref) {
      let changed = 0;
      for (const rows of Object.values(glance.rows))
        for (const row of rows.dump()) {
          const isOurs = Object.values(ref).some((id) => row.PK.includes(id)) || row.PK.startsWith('RL#');
          if (!isOurs || !row.SK.startsWith(kind)) continue;
          changed += 1;
          await rows.put({ ...row, fromTheFuture: { version: 2 } });
        }
      if (changed === 0) throw new Error(`no row is ${kind}`);
    },
    expect: { status: 'SUCCEEDED' },
  }),
);

export const workflow = [
  ...copies,
  ...late,
  ...aborted,
  ...unstarted,
  ...ticks,
  ...burst,
  ...clocks,
  ...newer,
];
