/**
 * The sections of docs/runbook.md that alarms link to: the heading of each. A test holds that every one of them is
 * there and that every alarm names one.
 */
export const RUNBOOK = {
  deadLetters: 'Dead letters',
  functionErrors: 'A function fails',
  throttles: 'A function is throttled',
  slowFunctions: 'A function comes close to its timeout',
  executions: 'Executions of the workflow fail',
  clocks: 'The sweep or the dispatcher does not run',
  keys: 'A key is disabled or about to be deleted',
  unreadable: 'Credentials cannot be opened',
  apiFails: 'The API answers with 5xx',
  queues: 'Messages wait too long',
  nat: 'The NAT instance is not well',
} as const;
export type RunbookSection = keyof typeof RUNBOOK;

/** The link to a section, from the root of the repository. */
export function toRunbookLink(section: RunbookSection): string {
  return `docs/runbook.md#${toAnchor(RUNBOOK[section])}`;
}

/** The anchor that a heading has in rendered Markdown. */
export function toAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-');
}
