import { describe, expect, test } from 'vitest';
import { RULES } from './rules/all-rules.ts';
import { toTemplate, VARIANTS, type Variant } from './support/template.ts';

const ALL = Object.keys(VARIANTS) as Variant[];

describe.each(Object.entries(RULES))('%s', (_group, rules) => {
  describe.each(rules)('$title', ({ find, controls, in: variants = ALL }) => {
    test('holds for every template', () => {
      const found = Object.fromEntries(variants.map((variant) => [variant, find(toTemplate(variant))]));

      expect(found).toEqual(Object.fromEntries(variants.map((variant) => [variant, []])));
    });

    test.each(Object.entries(controls))('finds: %s', (_name, breakIt) => {
      const template = toTemplate(variants[0] ?? 'dev');

      breakIt(template);

      expect(find(template)).not.toEqual([]);
    });
  });
});
