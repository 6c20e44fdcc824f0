import { API_RULES } from './api.ts';
import { CLOCK_RULES } from './clocks.ts';
import { DATA_RULES } from './data.ts';
import { EDGE_RULES } from './edge.ts';
import { EGRESS_RULES } from './egress.ts';
import { FUNCTION_RULES } from './functions.ts';
import { GRAPH_RULES } from './graph.ts';
import { QUEUE_RULES } from './queues.ts';
import { RIGHTS_RULES } from './rights.ts';
import type { TemplateRule } from './rule.ts';
import { TRUST_RULES } from './trust.ts';
import { WATCH_RULES } from './watch.ts';
import { WORKFLOW_RULES } from './workflow.ts';

/** Every rule that the templates are held against, by what it is about. */
export const RULES: Readonly<Record<string, readonly TemplateRule[]>> = {
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
