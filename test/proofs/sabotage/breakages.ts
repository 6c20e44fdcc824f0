/** How a breakage must show. */
export type Detection =
  /** A scenario of this fault whose registrar and variant hold this text. */
  | { readonly by: 'fault'; readonly fault: string; readonly with: string }
  /** A case at a side effect: what began it, who comes to the rescue, what happens at each effect or meanwhile. */
  | {
      readonly by: 'crash';
      readonly trigger: 'added' | 'by hand' | 'scheduled' | 'credentials';
      readonly recovery: 'alone' | 'sync' | 'credentials' | 'delete';
      readonly at: 'dies after' | 'lost' | 'meanwhile' | 'none';
    }
  /** Random schedules. */
  | { readonly by: 'schedules'; readonly seeds: readonly number[] }
  /** A property of one part: a name in properties.ts. */
  | { readonly by: 'property'; readonly property: string };

/** One way in which our own code could be wrong: a text of a file, and what stands there instead. */
export interface Breakage {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
  readonly detection: Detection;
}

const property = (name: string): Detection => ({ by: 'property', property: name });
const fault = (id: string, text = ''): Detection => ({ by: 'fault', fault: id, with: text });

const DEPARTURES = 'packages/sync/runs/departures.ts';
const ZONE = 'packages/sync/steps/sync-zone.ts';
const TIMINGS = 'packages/sync/timings.ts';
const CONTEXT = 'packages/vault/encryption-context.ts';
const PRINCIPAL = 'packages/api/principal.ts';

export const BREAKAGES: readonly Breakage[] = [
  {
    name: 'the guard against empty listings is off',
    file: DEPARTURES,
    find: 'if (listed === 0) return true;',
    put: 'if (listed === 0) return false;',
    detection: fault('F21', 'gandi none of 10'),
  },
  {
    name: 'half of a listing may go',
    file: DEPARTURES,
    find: 'gone / known > 0.3',
    put: 'gone / known > 0.5',
    detection: fault('F22', '31 of 100'),
  },
  {
    name: 'of a few, any number may go',
    file: DEPARTURES,
    find: ': gone > 2;',
    put: ': gone > 9;',
    detection: fault('F22', '3 of 9'),
  },
  {
    name: 'an empty zone takes the place of a full one',
    file: ZONE,
    find: 'brief.dns.recordCount >= 10',
    put: 'brief.dns.recordCount >= 1e9',
    detection: fault('F26'),
  },
  {
    name: 'one zone that fails ends the run',
    file: ZONE,
    find: 'if (!error.isRetryable || attempt >= ZONE_ATTEMPTS) return { code: error.code };',
    put: 'if (!error.isRetryable || attempt >= ZONE_ATTEMPTS) throw error;',
    detection: fault('F25', 'one of 12'),
  },
  {
    name: 'refused credentials are tried again',
    file: 'packages/core/errors.ts',
    find: "export const RETRYABLE_CODES = [\n  'RATE_LIMITED',",
    put: "export const RETRYABLE_CODES = [\n  'INVALID_CREDENTIALS',\n  'RATE_LIMITED',",
    detection: fault('F23', 'wrong'),
  },
  {
    name: 'the run goes on for ever while the registrar says too many',
    file: TIMINGS,
    find: 'MAX_THROTTLED_MS = 3_600_000',
    put: 'MAX_THROTTLED_MS = 10_800_000',
    detection: fault('F02', 'namecom Retry-After: 900, always'),
  },
  {
    name: 'too many is asked again at once',
    file: TIMINGS,
    find: 'THROTTLE_SHARE = 0.25',
    put: 'THROTTLE_SHARE = 0',
    detection: fault('F02', 'namecom Retry-After: 0, always'),
  },
  {
    name: 'a deadline is told as an outage',
    file: 'packages/registrars/http-errors.ts',
    find: "if (phase.isTimedOut) return new SyncError('REGISTRAR_TIMEOUT');",
    put: "if (phase.isTimedOut) return new SyncError('REGISTRAR_UNAVAILABLE');",
    detection: fault('F04', 'namecom hangs always'),
  },
  {
    name: 'a certificate that can’t be trusted is told as an outage',
    file: 'packages/registrars/http-errors.ts',
    find: "UNREACHABLE.has(code) ? 'REGISTRAR_UNAVAILABLE' : 'REGISTRAR_TLS'",
    put: "UNREACHABLE.has(code) ? 'REGISTRAR_UNAVAILABLE' : 'REGISTRAR_UNAVAILABLE'",
    detection: fault('F10', 'namecom'),
  },
  {
    name: 'the limit is taken for twice what it is',
    file: 'packages/registrars/namecheap/profile.ts',
    find: '{ calls: 20, windowMs: 60_000 }',
    put: '{ calls: 40, windowMs: 60_000 }',
    detection: fault('F16', 'namecheap across pages, as it was'),
  },
  {
    name: 'a copy of a message works beside the first',
    file: 'packages/store/work.ts',
    find: "atMost('claimedAtMs', claim.atMs - CLAIM_MS)",
    put: "atMost('claimedAtMs', claim.atMs)",
    detection: fault('F37', 'namecom each message 5 times'),
  },
  {
    name: 'a run that failed is told as good',
    file: 'packages/sync/runs/run-outcome.ts',
    find: "if (problem !== null) return 'FAILED';",
    put: "if (problem !== null) return 'SUCCEEDED';",
    detection: fault('F01', 'namecom 500 always, at the listing'),
  },
  {
    name: 'an altered ciphertext is told to nobody',
    file: 'packages/sync/steps/open-credentials.ts',
    find: "await deps.audit.append({ ...about, action: 'CREDENTIALS_UNREADABLE' });",
    put: '',
    detection: fault('F36', 'empty'),
  },
  {
    name: 'the sweep looks after nobody',
    file: 'packages/sync/sweep.ts',
    find: 'if (integration.deleting || integration.leaseUntilMs > nowMs) return;',
    put: 'if (integration.deleting || integration.leaseUntilMs > 0) return;',
    detection: { by: 'crash', trigger: 'by hand', recovery: 'alone', at: 'dies after' },
  },
  {
    name: 'a removed integration keeps its ciphertext',
    file: 'packages/sync/commands/remove-integration.ts',
    find: 'export async function clearRemoved(deps: RemoveDeps, ref: IntegrationRef): Promise<void> {',
    put: 'export async function clearRemoved(deps: RemoveDeps, ref: IntegrationRef): Promise<void> {\n  if (ref) return;',
    detection: { by: 'crash', trigger: 'by hand', recovery: 'delete', at: 'none' },
  },
  {
    name: 'a step forgets what it did when it parks',
    file: 'packages/sync/steps/delivery.ts',
    find: 'const { calls, waitedMs, ...position } = memory;',
    put: "const { calls, waitedMs, ...position } = { ...memory, marks: '' };",
    detection: fault('F16', 'gandi across pages, as it was'),
  },
  {
    name: 'runs before the one before are forgotten',
    file: 'packages/sync/runs/start-run.ts',
    find: 'if (run.epoch < epoch && !isTerminal(run.status))',
    put: 'if (run.epoch > epoch && !isTerminal(run.status))',
    detection: { by: 'schedules', seeds: Array.from({ length: 400 }, (_, seed) => seed) },
  },
  {
    name: 'ciphertext without an integration stays',
    file: 'packages/store/credentials.ts',
    find: 'currentVersion: version, ttl }',
    put: 'currentVersion: version }',
    detection: { by: 'schedules', seeds: [18_408, 26_681, 27_041] },
  },
  ...(
    [
      'tenant: context.tenantId',
      'integration: context.integrationId',
      'registrar: context.registrar',
      'version: String(context.version)',
    ] as const
  ).map(
    (part): Breakage => ({
      name: `the encryption context lacks its ${part.split(':')[0]}`,
      file: CONTEXT,
      find: part,
      put: `${part.split(':')[0]}: 'any'`,
      detection: property('contexts differ'),
    }),
  ),
  {
    name: 'credentials of another registrar are taken',
    file: 'packages/vault/opener.ts',
    find: 'envelope === undefined || envelope.registrar !== registrar',
    put: 'envelope === undefined',
    detection: property('content names its registrar'),
  },
  {
    name: 'former credentials are opened',
    file: 'packages/sync/steps/open-credentials.ts',
    find: 'if (current.version < (inForceVersion ?? 0))',
    put: 'if (current.version < 0)',
    detection: property('former credentials are refused'),
  },
  {
    name: 'the guard against writing calls is off',
    file: 'packages/registrars/read-only.ts',
    find: 'if (!definition.readingCalls.some((reading) => isCovered(reading, call))) {',
    put: 'if (definition.readingCalls.length === 0) {',
    detection: property('writing calls are refused'),
  },
  {
    name: 'a secret shows itself as JSON',
    file: 'packages/core/secret.ts',
    find: 'toJSON: () => redacted,',
    put: 'toJSON: () => value as string,',
    detection: property('secrets are redacted'),
  },
  {
    name: 'a secret shows itself as text',
    file: 'packages/core/secret.ts',
    find: 'toString: () => redacted,',
    put: 'toString: () => String(value),',
    detection: property('secrets are redacted'),
  },
  {
    name: 'tenants share a partition',
    file: 'packages/store/table.ts',
    find: 'toTenantPartition = (tenantId: string): string => `T#',
    put: "toTenantPartition = (tenantId: string): string => tenantId && 'T#all' || `T#",
    detection: property('tenants are apart'),
  },
  {
    name: 'tokens that have ended are good',
    file: PRINCIPAL,
    find: 'endsMs > nowMs &&',
    put: 'endsMs > 0 &&',
    detection: property('tokens are looked at'),
  },
  {
    name: 'ID tokens are good',
    file: PRINCIPAL,
    find: "(use === undefined || use === 'access') &&",
    put: '',
    detection: property('tokens are looked at'),
  },
  {
    name: 'critical extensions are overlooked',
    file: PRINCIPAL,
    find: "|| 'crit' in header) return false;",
    put: ') return false;',
    detection: property('tokens are looked at'),
  },
];
