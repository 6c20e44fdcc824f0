import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LogFields } from '#core/ports/log.ts';
import { log, logger } from '#lambda/log.ts';

/** A value for every field that may be logged. */
const ALL: Required<LogFields> = {
  tenantId: 'tenant',
  integrationId: 'integration',
  runId: 'run',
  registrar: 'gandi',
  step: 'dns',
  code: 'INTERNAL',
  reason: 'unspecified',
  status: 500,
  path: 'domains[0].name',
  attempt: 1,
  hop: 2,
  count: 3,
  calls: 4,
  ms: 5,
  error: 'TypeError',
};

afterEach(() => vi.restoreAllMocks());

describe('the log of use cases', () => {
  test.each(['info', 'warn', 'error'] as const)('%s says the event and every known field', (level) => {
    const say = vi.spyOn(logger, level).mockImplementation(() => undefined);

    log[level]('something happened', ALL);

    expect(say.mock.calls).toEqual([['something happened', ALL]]);
  });

  test('drops a field that is not known, and a value that is neither text nor number', () => {
    const say = vi.spyOn(logger, 'info').mockImplementation(() => undefined);
    const odd = {
      code: 'X',
      apiKey: 'fake-secret',
      path: { apiKey: 'fake-secret' },
      count: 0,
      hop: null,
      reason: '',
    };

    log.info('odd', odd as unknown as LogFields);

    expect(say.mock.calls).toEqual([['odd', { code: 'X', count: 0, reason: '' }]]);
  });

  test('says an event without fields', () => {
    const say = vi.spyOn(logger, 'warn').mockImplementation(() => undefined);

    log.warn('alone');

    expect(say.mock.calls).toEqual([['alone', {}]]);
  });
});
