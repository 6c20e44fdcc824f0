/** Fields that each part of a definition may have here. A field that isn't listed is refused. */

const FLOW = ['Type', 'Comment', 'QueryLanguage', 'Output', 'Assign', 'Next', 'End'];

export const MACHINE_FIELDS = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];
export const PROCESSOR_FIELDS = ['ProcessorConfig', 'StartAt', 'States'];
export const PROCESSOR_CONFIG_FIELDS = ['Mode'];
export const RULE_FIELDS = ['Comment', 'Condition', 'Next', 'Output', 'Assign'];
export const CATCHER_FIELDS = ['Comment', 'ErrorEquals', 'Next', 'Output', 'Assign'];
export const RETRIER_FIELDS = [
  'Comment',
  'ErrorEquals',
  'IntervalSeconds',
  'MaxAttempts',
  'BackoffRate',
  'MaxDelaySeconds',
  'JitterStrategy',
];

/** By state type: the fields, and those of them that may not be missing. */
export const STATE_FIELDS: Readonly<
  Record<string, { readonly all: readonly string[]; readonly needed: readonly string[] }>
> = {
  Task: {
    all: [...FLOW, 'Resource', 'Arguments', 'TimeoutSeconds', 'HeartbeatSeconds', 'Retry', 'Catch'],
    needed: ['Resource', 'Arguments'],
  },
  Map: {
    all: [...FLOW, 'Items', 'ItemSelector', 'MaxConcurrency', 'ItemProcessor', 'Retry', 'Catch'],
    needed: ['ItemProcessor'],
  },
  Pass: { all: FLOW, needed: [] },
  Wait: { all: [...FLOW, 'Seconds', 'Timestamp'], needed: [] },
  Choice: {
    all: ['Type', 'Comment', 'QueryLanguage', 'Output', 'Assign', 'Choices', 'Default'],
    needed: ['Choices'],
  },
  Succeed: { all: ['Type', 'Comment', 'QueryLanguage', 'Output'], needed: [] },
  Fail: { all: ['Type', 'Comment', 'QueryLanguage', 'Error', 'Cause'], needed: [] },
};
