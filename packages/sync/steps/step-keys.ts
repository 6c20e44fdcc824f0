import type { RegistrarMessage } from '#core/payloads.ts';

/** Where a step's claim and memory are kept within its run. */
export function toStepKey(message: Pick<RegistrarMessage, 'kind'> & { readonly range?: number }): string {
  return message.kind === 'dns' ? toRangeKey(message.range ?? 0) : message.kind;
}

export const VALIDATE_STEP = 'validate';
export const LIST_STEP = 'list';

/** The key of a range, numbered from 1; padded, so that ranges sort by number. */
export function toRangeKey(range: number): string {
  return `dns-${String(range).padStart(6, '0')}`;
}

/** The number of a range's key, or undefined for the key of another step. */
export function fromRangeKey(step: string): number | undefined {
  return step.startsWith('dns-') ? Number(step.slice(4)) : undefined;
}
