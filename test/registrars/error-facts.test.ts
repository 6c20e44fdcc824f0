import { describe, expect, test } from 'vitest';
import { isSyncError, type SyncError } from '#core/errors.ts';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { ACCOUNT_CALLS, makeFakeCredentials, openOver } from './open-account.ts';

/** Of every kind that an adapter tells apart, and some that none expects. */
const STATUSES = [200, 201, 202, 204, 300, 400, 401, 402, 403, 404, 405, 409, 415, 418, 422, 429, 500, 503];
const BODIES = [
  '',
  '{}',
  '[]',
  '[7]',
  '{"status":"SUCCESS"}',
  '{"status":"ERROR"}',
  '{"message":"no"}',
  '<ApiResponse Status="OK"/>',
  '<ApiResponse Status="OK"><CommandResponse/></ApiResponse>',
  '<ApiResponse Status="ERROR"/>',
  '<ApiResponse Status="OTHER"><CommandResponse/></ApiResponse>',
];

describe.each(REGISTRAR_IDS)('what an error of %s tells', (id) => {
  test.each(ACCOUNT_CALLS)('of %s is its registrar, and the status where it is not 200', async (_, call) => {
    let errors = 0;
    for (const status of STATUSES)
      for (const body of BODIES) {
        const account = openOver(REGISTRARS[id], makeFakeCredentials(REGISTRARS[id]), async () => ({
          status,
          headers: {},
          body,
        }));
        const error = await errorOf(() => call(account));
        if (error === undefined) continue;
        errors += 1;
        expect([status, body, error.facts]).toMatchObject([
          status,
          body,
          status === 200 ? { registrar: id } : { registrar: id, status },
        ]);
      }
    expect(errors).toBeGreaterThan(STATUSES.length);
  });

  test.each(ACCOUNT_CALLS)(
    'of %s without credentials is its registrar, and nothing is sent',
    async (_, call) => {
      let sent = 0;
      const account = openOver(REGISTRARS[id], {}, async () => {
        sent += 1;
        return { status: 401, headers: {}, body: '' };
      });

      const error = await errorOf(() => call(account));

      expect(error).toMatchObject({ code: 'INVALID_CREDENTIALS', facts: { registrar: id } });
      expect(sent).toBe(0);
    },
  );
});

/** GoDaddy's cursors are names of its own: any text may be one. */
const NUMBERED = REGISTRAR_IDS.filter((id) => id !== 'godaddy');

test.each(NUMBERED)('a cursor that was not its own is a defect at %s, told by its place', async (id) => {
  const account = openOver(REGISTRARS[id], makeFakeCredentials(REGISTRARS[id]), () =>
    Promise.reject(new Error('no call')),
  );

  expect(await errorOf(() => account.listPage('fake cursor'))).toMatchObject({
    code: 'INTERNAL',
    facts: { registrar: id, path: 'cursor' },
  });
});

async function errorOf(work: () => Promise<unknown>): Promise<SyncError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (isSyncError(error)) return error;
    throw error;
  }
}
