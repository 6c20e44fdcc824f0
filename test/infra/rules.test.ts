import { describe, expect, test } from 'vitest';
import { API_RULES } from './rules/api.ts';
import { CLOCK_RULES } from './rules/clocks.ts';
import { DATA_RULES } from './rules/data.ts';
import { EDGE_RULES } from './rules/edge.ts';
import { EGRESS_RULES } from './rules/egress.ts';
import { FUNCTION_RULES } from './rules/functions.ts';
import { GRAPH_RULES } from './rules/graph.ts';
import { QUEUE_RULES } from './rules/queues.ts';
import { RIGHTS_RULES } from './rules/rights.ts';
import type { TemplateRule } from './rules/rule.ts';
import { TRUST_RULES } from './rules/trust.ts';
import { WATCH_RULES } from './rules/watch.ts';
import { WORKFLOW_RULES } from './rules/workflow.ts';
import { toTemplate, VARIANTS, type Variant } from './support/template.ts';

const RULES: Readonly<Record<string, readonly TemplateRule[]>> = {
  graph: GRAPH_RULES,
  workflow: WORKFLOW_RULES,
  rights: RIGHTS_RULES,
  trust: TRUST_RULES,
  queues: QUEUE_RULES,
  functions: FUNCTION_RULES,
  data: DATA_RULES,
  api: API_RULES,
  clocks: CLOCK_RULES,
  edge: EDGE_RULES,
  egress: EGRESS_RULES,
  watch: WATCH_RULES,
};
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
