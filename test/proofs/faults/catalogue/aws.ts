import type { KMSClient } from '@aws-sdk/client-kms';
import { toSecret } from '#core/secret.ts';
import { KEY } from '#store/table.ts';
import { createOpener } from '#vault/opener.ts';
import type { RowFate, RowRequest } from '../../support/faulty-rows.ts';
import { atEach } from '../places.ts';
import type { Expectation, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const HOUR_MS = 3_600_000;
/** A message comes again after twelve minutes, twice, and the sweep every five. */
const RECOVERED: Expectation = {
  status: ['SUCCEEDED', 'PARTIAL', 'FAILED'],
  code: 'INTERNAL',
  mostMs: HOUR_MS,
  mostCalls: 200,
};
/** Requests to the tables that a small sync makes, and some more: the last ones meet nothing. */
const REQUESTS = 48;

/** The n-th of certain requests meets a fate, and `times - 1` after it. */
function atRequest(n: number, fate: RowFate, times: number, isMeant: (request: RowRequest) => boolean) {
  let count = 0;
  return (request: RowRequest): RowFate => {
    if (!isMeant(request)) return 'pass';
    count += 1;
    return count > n && count <= n + times ? fate : 'pass';
  };
}

/** F29: a table that is throttled or away, or whose answer is lost, at each request. */
const away: readonly Scenario[] = [
  ...Array.from({ length: REQUESTS }, (_, n) => n).flatMap((n) =>
    (['lost', 'unanswered', 'repeated'] as const).map((fate) => toAway(n, fate, 1)),
  ),
  ...[0, 5, 10, 20, 30].flatMap((n) => (['lost', 'unanswered'] as const).map((fate) => toAway(n, fate, 6))),
];

function toAway(n: number, fate: RowFate, times: number): Scenario {
  return {
    fault: 'F29',
    variant: `request ${n + 1}${times > 1 ? ` and ${times - 1} after it` : ''} ${fate}`,
    registrar: 'namecom',
    stage: { size: 4 },
    isWithinRun: true,
    isSwept: true,
    isSilent: true,
    begin: (stage) => stage.spoilRows(atRequest(n, fate, times, () => true)),
    expect: RECOVERED,
  };
}

/** Conditional writes of a sync in which nothing changed. */
const OVERTAKEN = 17;

/** F30: another run takes over just before a conditional write: it is the last thing that the former one tries. */
const overtaken: readonly Scenario[] = Array.from({ length: OVERTAKEN }, (_, n): Scenario => {
  let next: string | undefined;
  return {
    fault: 'F30',
    variant: `overtaken before conditional write ${n + 1}`,
    registrar: 'namecom',
    stage: { size: 4 },
    isWithinRun: true,
    isSwept: true,
    isSilent: true,
    begin(stage, ref) {
      let count = 0;
      stage.spoilRows(async ({ isConditional }): Promise<RowFate> => {
        if (!isConditional) return 'pass';
        count += 1;
        if (count !== n + 1) return 'pass';
        const credentials = toSecret(stage.accounts.get('ours').credentials);
        const taken = await stage.world.commands.replaceCredentials(ref, credentials);
        if (taken.outcome === 'accepted') next = taken.run.runId;
        return 'pass';
      });
    },
    expect: { status: ['SUPERSEDED', 'SUCCEEDED'], mostMs: 25 * 60_000 },
    async also(stage, { run, integration }) {
      const ref = { tenantId: run.tenantId, integrationId: integration.id };
      if (next === undefined) return ['nobody took over'];
      const ended = await stage.world.finish(ref, next);
      return ended.run.status === 'SUCCEEDED' ? [] : [`the next run is ${ended.run.status}`];
    },
  };
});

/** What KMS says (KMS API Reference, Decrypt, verified 2026-11-23). */
const KMS_ERRORS = [
  ['F33', 'ThrottlingException', 400],
  ['F33', 'KMSInternalException', 500],
  ['F33', 'DependencyTimeoutException', 503],
  ['F34', 'AccessDeniedException', 400],
  ['F35', 'DisabledException', 400],
  ['F35', 'KMSInvalidStateException', 400],
  ['F35', 'NotFoundException', 400],
] as const;

/** The shipped opener over a KMS that refuses. */
function refusing(name: string, status: number, times: number, stage: Stage) {
  let count = 0;
  const send = async () => {
    throw Object.assign(new Error('KMS says no'), { name, $metadata: { httpStatusCode: status } });
  };
  const kms = { send } as unknown as KMSClient;
  const shipped = createOpener({ kms, keyArn: 'arn:aws:kms:us-east-1:000000000000:key/fake' });
  stage.spoilKms({
    open(ciphertext, context) {
      count += 1;
      return count <= times ? shipped.open(ciphertext, context) : stage.wellOpener.open(ciphertext, context);
    },
  });
}

/** F33 to F35: throttled, denied, disabled or about to be deleted; and back. */
const locked: readonly Scenario[] = KMS_ERRORS.flatMap(([fault, name, status]) =>
  atEach((registrar): Scenario[] => [
    {
      fault,
      variant: `${name}, always`,
      registrar,
      isSilent: true,
      begin: (stage) => refusing(name, status, Number.POSITIVE_INFINITY, stage),
      expect: { status: 'FAILED', code: 'ENCRYPTION_UNAVAILABLE', mostCalls: 0 },
    },
    {
      fault,
      variant: `${name}, once`,
      registrar,
      isSilent: true,
      begin: (stage) => refusing(name, status, 1, stage),
      expect: { status: 'SUCCEEDED' },
    },
  ]).flat(),
);

/** F36: a stored ciphertext that was altered: a bit of each byte, cut off, empty. The tenth part of it here; `swap` flips all. */
const altered: readonly Scenario[] = [
  ...Array.from({ length: 16 }, (_, part) =>
    toAltered(`a bit flipped at ${part}/16`, (bytes) => {
      const at = Math.floor((bytes.length * part) / 16);
      return Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));
    }),
  ),
  toAltered('cut in half', (bytes) => bytes.slice(0, bytes.length / 2)),
  toAltered('empty', () => new Uint8Array()),
];

function toAltered(variant: string, alter: (bytes: Uint8Array) => Uint8Array): Scenario {
  let before: Uint8Array | undefined;
  const set = async (stage: Stage, integrationId: string, change: (bytes: Uint8Array) => Uint8Array) => {
    const { credentials } = stage.glance.rows;
    const key = KEY.credential(integrationId);
    const row = await credentials.get(key);
    before ??= row?.current as Uint8Array;
    await credentials.put({ ...key, ...row, current: change(before) });
  };
  let id = '';
  return {
    fault: 'F36',
    variant,
    registrar: 'porkbun',
    isSilent: true,
    async begin(stage, { integrationId }) {
      id = integrationId;
      await set(stage, id, alter);
    },
    end: (stage) => set(stage, id, (bytes) => bytes),
    expect: { status: 'FAILED', code: 'CREDENTIALS_UNREADABLE', mostCalls: 0 },
    also: (stage) => {
      const told = stage.glance.rows.portfolio
        .dump()
        .some(({ action }) => action === 'CREDENTIALS_UNREADABLE');
      return told ? [] : ['the audit says nothing'];
    },
  };
}

export const aws = [...away, ...overtaken, ...locked, ...altered];
