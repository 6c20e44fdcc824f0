import { parseArgs } from 'node:util';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { FATES, type Fate, type Plan } from './effects.ts';
import { type Case, RECOVERIES, type Recovery, TRIGGERS, type Trigger } from './play.ts';

/** A case that can be written down, and played again from that. */
export interface Script {
  readonly trigger: Trigger;
  readonly recovery: Recovery;
  /** What happens at which effects, counted from 0. */
  readonly mishaps?: readonly Mishap[];
  /** From which effect on the keys can't be used. */
  readonly keylessFrom?: number;
  readonly meanwhileAt?: number;
  readonly troubleMs?: number;
  /** Conditions of writes are ignored: for controls. */
  readonly isFenceless?: boolean;
}

export type Mishap = readonly [at: number, fate: Fate];

/** Where a script is played. */
export interface Stage {
  readonly registrar: RegistrarId;
  readonly isChanged: boolean;
}

const FILE = 'test/proofs/crash/replay.ts';
const ALL_FATES: readonly Fate[] = [...FATES, 'freezes'];

export function toCase({ mishaps = [], keylessFrom, ...rest }: Script): Case {
  const fates = new Map(mishaps);
  let count = 0;
  const plan: Plan = (effect) => {
    const at = count;
    count += 1;
    if (keylessFrom !== undefined && at >= keylessFrom && effect.startsWith('kms.')) return 'lost';
    return fates.get(at);
  };
  return { ...rest, plan };
}

/** The command that plays it again. */
export function toCommand({ registrar, isChanged }: Stage, script: Script): string {
  const { trigger, recovery, mishaps = [], keylessFrom, meanwhileAt, troubleMs, isFenceless } = script;
  return [
    `node ${FILE} --registrar ${registrar}`,
    ...(isChanged ? [] : ['--unchanged']),
    `--trigger "${trigger}" --recovery ${recovery}`,
    ...mishaps.map(([at, fate]) => `--at "${at} ${fate}"`),
    ...(keylessFrom === undefined ? [] : [`--keyless-from ${keylessFrom}`]),
    ...(meanwhileAt === undefined ? [] : [`--meanwhile ${meanwhileAt}`]),
    ...(troubleMs === undefined ? [] : [`--trouble-ms ${troubleMs}`]),
    ...(isFenceless ? ['--fenceless'] : []),
  ].join(' ');
}

/** The options of that command. @throws {TypeError} where they don't tell a script */
export function readScript(options: readonly string[]): Stage & Script {
  const { values } = parseArgs({
    args: [...options],
    options: {
      registrar: { type: 'string' },
      unchanged: { type: 'boolean', default: false },
      trigger: { type: 'string' },
      recovery: { type: 'string' },
      at: { type: 'string', multiple: true, default: [] },
      'keyless-from': { type: 'string' },
      meanwhile: { type: 'string' },
      'trouble-ms': { type: 'string' },
      fenceless: { type: 'boolean', default: false },
    },
  });
  const toNumber = (name: 'keyless-from' | 'meanwhile' | 'trouble-ms') =>
    values[name] === undefined ? undefined : Number(values[name]);
  const [keylessFrom, meanwhileAt, troubleMs] = [
    toNumber('keyless-from'),
    toNumber('meanwhile'),
    toNumber('trouble-ms'),
  ];
  return {
    registrar: oneOf(REGISTRAR_IDS, values.registrar),
    isChanged: !values.unchanged,
    trigger: oneOf(TRIGGERS, values.trigger),
    recovery: oneOf(RECOVERIES, values.recovery),
    mishaps: values.at.map((text): Mishap => {
      const [at = '', ...fate] = text.split(' ');
      return [Number(at), oneOf(ALL_FATES, fate.join(' '))];
    }),
    ...(keylessFrom !== undefined && { keylessFrom }),
    ...(meanwhileAt !== undefined && { meanwhileAt }),
    ...(troubleMs !== undefined && { troubleMs }),
    isFenceless: values.fenceless,
  };
}

function oneOf<T extends string>(known: readonly T[], given: string | undefined): T {
  const found = known.find((each) => each === given);
  if (found === undefined) throw new TypeError(`${given} is none of ${known.join(', ')}`);
  return found;
}
