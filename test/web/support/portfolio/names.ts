import type { Random } from './random.ts';

/** A registered name as A-labels and as people read it. */
export interface Name {
  readonly name: string;
  readonly unicodeName: string;
}

const FIRST = (
  'amber blue brave calm cedar city clear coast copper daily early east fair field first fox garden ' +
  'glass gold green harbour hill iron island kind lake light lunar maple marble meadow mint misty ' +
  'north oak ocean olive open paper pine quiet rapid river rose salt silver small snow solar south ' +
  'stone sunny swift tall urban velvet warm west wild winter'
).split(' ');
const SECOND = (
  'agency bakery bikes books bridge cafe cloud clinic coffee crafts data design dental farm films ' +
  'foods forge gallery games group guide health homes hotel labs law loans logistics maps market ' +
  'media motors music news partners photo press robotics school shop software sports studio supply ' +
  'systems tea tech tools toys travel trust wines works yoga'
).split(' ');
const ENDINGS = (
  'com com com com com com net net org org io dev app co co.uk de fr nl eu us ca com.au info shop ' +
  'xyz online photography'
).split(' ');

/** Labels that read from right to left: as A-label, as U-label. A test holds all pairs against the product. */
const RIGHT_TO_LEFT = [
  ['xn----zmcdfcj9a0kie', 'متجر-الكتب'],
  ['xn----9hcfkuojy0bq', 'חנות-ספרים'],
  ['xn--mgbp1eef', 'دامنه'],
  ['xn--4dbrk0ce', 'ישראל'],
] as const;
const OTHER_SCRIPTS = [
  ['xn--mller-strae-46a18a', 'müller-straße'],
  ['xn----87t231jz1ez2m', '例え-商店'],
  ['xn--e1afmkfd', 'пример'],
  ['xn--bcher-caf-j4a4r', 'bücher-café'],
  ['xn--and-6ma2c', 'ñandú'],
  ['xn----xj6ej53cprgg1r', '한국-서점'],
  ['xn--d--4jac4htpe95bta', 'łódź-żółć'],
  ['xn----2xfh8ag4gvfvb', 'ไทย-ร้าน'],
  ['xn----slbeidak4bdfrg0b', 'δοκιμή-βιβλία'],
] as const;

/** The name of the domain with this number. Of every 50, five are unusual ones, at fixed places; none comes twice. */
export function createNames(random: Random): (index: number) => Name {
  const taken = new Set<string>();
  return (index) => {
    for (let tries = 0; ; tries += 1) {
      const made = makeName(index % 50, random);
      // common words run out: a number makes the rest
      const name = tries < 3 ? made : number(made, random.int(2, 99_999));
      if (taken.has(name.name)) continue;
      taken.add(name.name);
      return name;
    }
  };
}

function makeName(kind: number, random: Random): Name {
  const ending = random.pick(ENDINGS);
  switch (kind) {
    case 3:
      return toName(random.pick(RIGHT_TO_LEFT), ending);
    case 9:
      return toName(random.pick(OTHER_SCRIPTS), ending);
    case 17:
      return toAscii(`${makeLabel(random, 63)}.${ending}`);
    case 33: {
      // 253 characters, the most that a name has
      const labels = [63, 63, 63, 57].map((length) => makeLabel(random, length));
      return toAscii([...labels, 'com'].join('.'));
    }
    case 41:
      return toAscii(`${random.int(0, 999)}.${ending}`);
    default:
      return toAscii(`${random.pick(FIRST)}${random.pick(['', '-', ''])}${random.pick(SECOND)}.${ending}`);
  }
}

function makeLabel(random: Random, length: number): string {
  let label = random.pick(FIRST);
  while (label.length < length) label += `-${random.pick(SECOND)}`;
  return label.slice(0, length).replace(/-$/, 'x');
}

function number({ name, unicodeName }: Name, suffix: number): Name {
  // a label of its own, because a digit beside a label of another script changes the whole A-label
  return name === unicodeName && name.length < 50
    ? toAscii(name.replace('.', `${suffix}.`))
    : { name: `n${suffix}.${name}`.slice(-253), unicodeName: `n${suffix}.${unicodeName}`.slice(-253) };
}

function toName([aLabel, uLabel]: readonly [string, string], ending: string): Name {
  return { name: `${aLabel}.${ending}`, unicodeName: `${uLabel}.${ending}` };
}

function toAscii(name: string): Name {
  return { name, unicodeName: name };
}
