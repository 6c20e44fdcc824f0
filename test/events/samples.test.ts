import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { FUNCTION_NAMES } from '#core/env.ts';
import { FinishInput, RegistrarMessage, StartMessage } from '#core/payloads.ts';
import { toFinishInput } from '#lambda/finish-input.ts';
import { toEventSchemas } from '../../scripts/event-schemas.ts';

const EVENTS = join(import.meta.dirname, '..', '..', 'events');
const read = (...path: string[]) => JSON.parse(readFileSync(join(EVENTS, ...path), 'utf8'));
const samplesOf = (folder: string) =>
  readdirSync(join(EVENTS, folder)).map((name) => [folder, name] as const);

const onQueue = {
  'registrar-worker': 'registrar-message',
  'dead-letter': 'registrar-message',
  'start-sync': 'start-message',
};

describe('the sample events', () => {
  test('exist for every function', () => {
    expect(
      readdirSync(EVENTS)
        .filter((name) => name !== 'schemas')
        .sort(),
    ).toEqual([...FUNCTION_NAMES].sort());
  });

  test.each(Object.keys(onQueue).flatMap(samplesOf))(
    '%s/%s holds a message that its schema accepts',
    (folder, name) => {
      const schema = toEventSchemas()[`${onQueue[folder as keyof typeof onQueue]}.schema.json`] ?? '';
      const isValid = new Ajv2020().compile(JSON.parse(schema));

      const [record] = read(folder, name).Records;

      expect(isValid(JSON.parse(record.body))).toBe(true);
      expect(isValid({ ...JSON.parse(record.body), apiKey: 'fake-key' })).toBe(false);
    },
  );

  test.each(samplesOf('finish-sync'))('%s/%s is understood by finish-sync', (folder, name) => {
    expect(FinishInput.safeParse(toFinishInput(read(folder, name))).success).toBe(true);
  });

  test('cover every kind of message of a registrar', () => {
    const kinds = samplesOf('registrar-worker').map(
      ([folder, name]) => JSON.parse(read(folder, name).Records[0].body).kind,
    );
    const known = RegistrarMessage.def.options.flatMap((option) => option.shape.kind.def.values);
    expect(kinds.sort()).toEqual(known.sort());
    expect(StartMessage.safeParse(JSON.parse(read('start-sync', 'due.json').Records[0].body)).success).toBe(
      true,
    );
  });
});

describe('the generated schemas', () => {
  test.each(Object.entries(toEventSchemas()))('%s is the committed one', (name, text) => {
    expect(readFileSync(join(EVENTS, 'schemas', name), 'utf8')).toBe(text);
  });
});
