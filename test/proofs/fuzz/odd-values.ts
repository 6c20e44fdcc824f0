import type { Chance } from './chance.ts';

const DEEP = 200;
const nest = (depth: number): unknown => (depth === 0 ? 'deep' : [nest(depth - 1)]);

/** Texts at which parsers, dates, names and databases stumble. */
export const ODD_TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  '\u200b',
  '\ud800',
  '\u202egnp.exe',
  'é',
  'xn--',
  'xn--a',
  'EXAMPLE.com.',
  '..',
  '.',
  '*',
  '@',
  '_a._tcp',
  'a'.repeat(64),
  `${'a.'.repeat(127)}com`,
  'x'.repeat(5_000),
  '0',
  '-1',
  '1e309',
  'NaN',
  'true',
  'null',
  '0000-00-00',
  '2024-02-30T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '2026-11-29T24:00:00+99:99',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '<script>alert(1)</script>',
  '=cmd()',
  "'; --",
  '{{7*7}}',
  '$' + '{x}',
  '%00',
  '%',
  '../../etc/passwd',
  'javascript:alert(1)',
  '"a" "b',
  '\\',
  '\\999',
  '0 issue "',
  '256.1.1.1',
  '::g',
  '1 2 3',
  '10 mail.example.com.',
];

const ODD_NUMBERS = [0, -0, -1, 0.5, 1e21, -1e21, 2 ** 31, 2 ** 53, Number.MAX_VALUE, 4_294_967_296];

/** A value of any kind, mostly of a wrong one. */
export function toOddValue(chance: Chance): unknown {
  switch (chance.below(8)) {
    case 0:
      return null;
    case 1:
      return chance.onceIn(2);
    case 2:
      return chance.pick(ODD_NUMBERS);
    case 3:
      return [];
    case 4:
      return {};
    case 5:
      return chance.onceIn(20) ? nest(DEEP) : [chance.pick(ODD_TEXTS), chance.pick(ODD_NUMBERS), null];
    default:
      return chance.pick(ODD_TEXTS);
  }
}
