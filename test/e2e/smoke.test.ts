import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';

const SCRIPT = join(import.meta.dirname, '../../scripts/smoke-deployment.ts');

let system: RunningSystem;
beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(() => system.stop());

/** Runs the script on the local system, as an operator does on a deployment. */
async function smoke(accountId: string, environment = 'simulator') {
  const TOKEN = await system.token('operator');
  const accounts = await system.tell('GET', 'namecom/accounts');
  const { credentials } = accounts.items.find(({ id }: { id: string }) => id === accountId);
  const child = spawn(process.execPath, [SCRIPT, system.url], { env: { ...process.env, TOKEN } });
  child.stdin.end(JSON.stringify({ registrar: 'namecom', environment, credentials }));
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { output, errors, code, credentials };
}

describe('the walk through a deployment', () => {
  test('ends well, and leaves nothing', { timeout: 60_000 }, async () => {
    const { output, code } = await smoke('demo-10');

    expect(output).toContain('10 domains');
    expect(output.match(/^ok /gm)).toHaveLength(6);
    expect(code).toBe(0);
    const operator = await system.person('operator');
    expect((await operator.get('/v1/integrations')).body.items).toEqual([]);
  });

  test('says what is wrong, deletes what it added all the same, and tells no credential', {
    timeout: 60_000,
  }, async () => {
    const { output, errors, code, credentials } = await smoke('wrong-key');

    expect(output).toContain('FAILED its first sync ends well: it is FAILED: INVALID_CREDENTIALS');
    expect(output).toContain('ok it is deleted');
    expect(code).not.toBe(0);
    for (const value of Object.values<string>(credentials)) expect(output + errors).not.toContain(value);
  });
});
