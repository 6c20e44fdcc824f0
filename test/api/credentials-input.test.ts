import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCredentials } from '#api/credentials-input.ts';
import { ApiError } from '#api/problem.ts';

const fields = [
  { name: 'apiKey', label: 'API Key', secret: false, required: true, hint: '', pattern: 'pk[0-9]_.*' },
  { name: 'apiSecret', label: 'API Secret', secret: true, required: true, hint: '' },
  { name: 'note', label: 'Note', secret: false, required: false, hint: '' },
];
const good = { apiKey: 'pk1_fake', apiSecret: 'fake-secret' };

function problemsOf(values: Record<string, string>): readonly (readonly [string, string])[] {
  try {
    toCredentials(values, fields);
  } catch (error) {
    if (error instanceof ApiError)
      return (error.extras.errors ?? []).map(({ pointer, code }) => [pointer, code]);
    throw error;
  }
  return [];
}

const blanks = fc.string({
  unit: fc.constantFrom(
    ' ',
    '\t',
    '\n',
    '\r',
    '\u00a0',
    '\u200b',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u202f',
    '\u3000',
    '\u00ad',
  ),
  maxLength: 5,
});
const keys = fc.stringMatching(/^[!-~]{1,60}$/);

describe('values of the credential form', () => {
  test('R27: lose every blank around them, the invisible ones too', () => {
    fc.assert(
      fc.property(blanks, keys, blanks, (before, key, after) => {
        const secret = toCredentials({ ...good, apiSecret: before + key + after }, fields);
        expect(secret.reveal().apiSecret).toBe(key);
      }),
    );
  });

  test('R27: with a blank inside are refused at their field', () => {
    fc.assert(
      fc.property(
        keys,
        fc.string({ unit: fc.constantFrom(' ', '\n', '\u00a0', '\u200b'), minLength: 1, maxLength: 3 }),
        keys,
        (a, blank, b) => {
          expect(problemsOf({ ...good, apiSecret: a + blank + b })).toEqual([
            ['/credentials/apiSecret', 'WHITE_SPACE'],
          ]);
        },
      ),
    );
  });

  test.each<[string, Record<string, string>, readonly (readonly [string, string])[]]>([
    ['all are fine', good, []],
    ['one may be left out', { ...good, note: '' }, []],
    ['one is missing', { apiKey: 'pk1_fake' }, [['/credentials/apiSecret', 'REQUIRED']]],
    ['one is unknown', { ...good, extra: 'x' }, [['/credentials/extra', 'UNKNOWN_FIELD']]],
    [
      'one bears a name of JavaScript',
      { ...good, constructor: 'x' },
      [['/credentials/constructor', 'UNKNOWN_FIELD']],
    ],
    ['one has another form', { ...good, apiKey: 'sk1_fake' }, [['/credentials/apiKey', 'INVALID_VALUE']]],
    [
      'one has a control character',
      { ...good, apiSecret: 'fake\u0000secret' },
      [['/credentials/apiSecret', 'CONTROL_CHARACTER']],
    ],
    [
      'one has half a character',
      { ...good, apiSecret: 'fake\ud800secret' },
      [['/credentials/apiSecret', 'CONTROL_CHARACTER']],
    ],
    ['one has 512 characters', { ...good, apiSecret: 'x'.repeat(512) }, []],
    ['one has more', { ...good, apiSecret: 'x'.repeat(513) }, [['/credentials/apiSecret', 'TOO_LONG']]],
    [
      'several are wrong',
      { apiKey: '', extra: 'x' },
      [
        ['/credentials/extra', 'UNKNOWN_FIELD'],
        ['/credentials/apiKey', 'REQUIRED'],
        ['/credentials/apiSecret', 'REQUIRED'],
      ],
    ],
  ])('are checked: %s', (_title, values, problems) => {
    expect(problemsOf(values)).toEqual(problems);
  });

  test('never stand in an error', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
    const spoiled = fc.constantFrom(' x', '\u0000', '\ud800', 'x'.repeat(513));

    fc.assert(
      fc.property(key, spoiled, (text, end) => {
        const attempt = () => toCredentials({ apiKey: text, apiSecret: `${text}${end}.` }, fields);
        expect(attempt).toThrow(ApiError);
        try {
          attempt();
        } catch (error) {
          const { message, detail, extras } = error as ApiError;
          expect(JSON.stringify([message, detail, extras])).not.toContain(text);
        }
      }),
    );
  });

  test('can not be printed', () => {
    expect(
      `${toCredentials(good, fields)} ${JSON.stringify({ value: toCredentials(good, fields) })}`,
    ).not.toContain('fake');
  });
});
