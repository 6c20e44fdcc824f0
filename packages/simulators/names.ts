import { domainToASCII } from 'node:url';
import { createRandom } from './prng.ts';
import type { SimRegistrarId } from './types.ts';

const FIRST =
  'amber arctic atlas aurora birch blue bright cedar clear cobalt copper coral crisp delta echo ember fern field flint forest garden golden granite green harbor hazel indigo iron ivory jade juniper kestrel lake lantern lime lunar maple meadow mint misty moss north oak ocean olive onyx opal orchid pearl pine quartz raven river rose ruby sage silver sky solar spruce stone swift teal timber violet willow'.split(
    ' ',
  );
const SECOND =
  'analytics arts bakery bikes books bridge camp cargo cloud clinic coast code coffee crafts data dental design energy events farm films finance foods forge foundry games goods grid group hosting house kitchen labs law learning letters maps market media metrics mills motors music optics parts patterns photo press print radio robotics shop signals software sound sports studio supply systems tea tools toys travel trust vision weather wood works'.split(
    ' ',
  );
const TLDS = ['com', 'com', 'com', 'net', 'org', 'io', 'co.uk', 'dev', 'de'] as const;

const UNICODE_LABELS = [
  'bücher',
  'café',
  'straße',
  'señor',
  'żółw',
  'ångström',
  'пример',
  'ελλάδα',
  '日本語',
  '中文网',
  'ไทย',
  'naïve',
];
const UNICODE_TLDS = ['com', 'net', 'org', 'de'] as const;

/**
 * `size` different domain names of many TLDs in ascending ASCII order: lower-case A-labels without a dot at the
 * end, about one in thirty of them internationalised. The same for the same registrar, size and seed.
 */
export function makeNames(registrar: SimRegistrarId, size: number, seed: number): string[] {
  const random = createRandom(`${registrar}/names/${seed}`);
  const names = new Set<string>();
  for (let candidate = 0; names.size < size; candidate += 1) {
    const number = random.chance(size > 2_000 ? 0.9 : 0.2) ? String(random.int(2, 99_999)) : '';
    if (candidate % 30 === 4) {
      names.add(domainToASCII(`${random.pick(UNICODE_LABELS)}${number}.${random.pick(UNICODE_TLDS)}`));
    } else {
      const joint = random.chance(0.3) ? '-' : '';
      names.add(`${random.pick(FIRST)}${joint}${random.pick(SECOND)}${number}.${random.pick(TLDS)}`);
    }
  }
  return [...names].sort();
}
