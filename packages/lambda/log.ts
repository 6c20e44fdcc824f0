import { Logger } from '@aws-lambda-powertools/logger';
import type { Log, LogFields } from '#core/ports/log.ts';

/** The structured logger of a function; JSON lines with the request id, of allowlisted fields only. */
export const logger = new Logger();

const KNOWN: readonly (keyof LogFields)[] = [
  'tenantId',
  'integrationId',
  'runId',
  'registrar',
  'step',
  'code',
  'reason',
  'status',
  'path',
  'attempt',
  'hop',
  'count',
  'calls',
  'ms',
  'error',
];

/** The log as use cases see it: a field that isn't known is dropped, whatever the types said. */
export const log: Log = {
  info: (event, fields) => logger.info(event, pick(fields)),
  warn: (event, fields) => logger.warn(event, pick(fields)),
  error: (event, fields) => logger.error(event, pick(fields)),
};

function pick(fields: LogFields = {}): Record<string, string | number> {
  const known: Record<string, string | number> = {};
  for (const name of KNOWN) {
    const value = fields[name];
    if (typeof value === 'string' || typeof value === 'number') known[name] = value;
  }
  return known;
}
