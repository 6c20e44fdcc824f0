import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StartMessage } from '#core/payloads.ts';
import type { IntegrationRef } from '#core/ports/stores.ts';
import { answerDeadLetter } from '#sync/runs/dead-letter.ts';
import { dispatchDueSyncs } from '#sync/runs/dispatch-due-syncs.ts';
import { startDueSync } from '#sync/runs/start-due-sync.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';

const hourMs = 3_600_000;
const weekMs = 168 * hourMs;

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

/** One hourly tick, whose messages are all handled. */
async function tick(take: (messages: readonly StartMessage[]) => readonly StartMessage[] = () => []) {
  const sent: StartMessage[] = [];
  const startQueue = {
    send: async (messages: readonly StartMessage[]) => {
      sent.push(...messages);
      return take(messages);
    },
  };
  const result = await dispatchDueSyncs({ ...world.runDeps, startQueue });
  for (const message of sent) await startDueSync(world.runDeps, message);
  return { ...result, messages: sent };
}

async function connectAndFinish(): Promise<IntegrationRef> {
  // A fixed id: it decides the slot.
  const { ref, run } = await world.connect('namecom', 'demo-10', undefined, 'integrationaaaaaaaaaaaaaaa');
  await world.finish(ref, run.runId);
  return ref;
}

describe('the weekly schedule', () => {
  test('starts an integration once a week, in its slot', async () => {
    const ref = await connectAndFinish();
    let starts = 0;

    for (let hour = 0; hour < 3 * 168; hour += 1) {
      const { messages } = await tick();
      starts += messages.length;
      await world.clock.advance(hourMs);
    }

    expect(starts).toBe(3);
    const { items } = await world.stores.runs.list(ref.integrationId, 10);
    expect(items.map(({ trigger, status }) => `${trigger} ${status}`)).toEqual([
      'SCHEDULED SUCCEEDED',
      'SCHEDULED SUCCEEDED',
      'SCHEDULED SUCCEEDED',
      'ADDED SUCCEEDED',
    ]);
  });

  test('catches up what it missed, once', async () => {
    const ref = await connectAndFinish();
    await world.clock.advance(5 * weekMs);

    const first = await tick();
    const during = await tick();
    await world.clock.advance(hourMs);
    const after = await tick();

    expect(first.messages.map(({ integrationId }) => integrationId)).toEqual([ref.integrationId]);
    expect(during.messages).toEqual([]);
    expect(after.messages).toEqual([]);
  });

  test('leaves a paused integration alone, and takes it up when it is resumed', async () => {
    const ref = await connectAndFinish();
    await world.commands.change(ref, { paused: true });
    await world.clock.advance(2 * weekMs);

    const paused = await tick();
    await world.commands.change(ref, { paused: false });
    const resumed = await tick();

    expect(paused.messages).toEqual([]);
    expect(resumed.messages).toHaveLength(1);
  });

  test('says which messages the queue did not take; they are due at the next tick again', async () => {
    await connectAndFinish();
    await world.clock.advance(2 * weekMs);

    const startQueue = { send: async (messages: readonly StartMessage[]) => messages };
    const refused = await dispatchDueSyncs({ ...world.runDeps, startQueue });
    const next = await tick();

    expect(refused).toEqual({ sent: 0, failed: 1 });
    expect(next.messages).toHaveLength(1);
  });

  test('does nothing for a message that comes twice, or after a deletion', async () => {
    const ref = await connectAndFinish();
    await world.clock.advance(2 * weekMs);
    const { messages } = await tick();
    const [message] = messages;
    if (!message) throw new Error('no message');
    await world.clock.advance(60_000);

    await startDueSync(world.runDeps, message);
    await world.commands.remove(ref);
    await startDueSync(world.runDeps, message);

    expect((await world.stores.runs.list(ref.integrationId, 10)).items).toHaveLength(2);
  });
});

describe('a dead letter', () => {
  test('fails its step, so that the workflow goes on', async () => {
    const failures: string[] = [];
    const tokens = {
      ...world.tokens,
      fail: async (token: string, error: string) => void failures.push(`${token} ${error}`),
    };
    const message = {
      tenantId: 'tenantaaaaaaaaaaaaaaaaaaaaa',
      integrationId: 'integrationaaaaaaaaaaaaaaa',
      registrar: 'gandi',
      runId: 'runaaaaaaaaaaaaaaaaaaaaaaa',
      epoch: 2,
      trigger: 'MANUAL',
      kind: 'list',
      taskToken: 'fake-token',
      attempt: 0,
      hop: 3,
    };

    await answerDeadLetter({ tokens, log: world.log }, message);
    await answerDeadLetter({ tokens, log: world.log }, { nonsense: true });

    expect(failures).toEqual(['fake-token INTERNAL']);
  });
});
