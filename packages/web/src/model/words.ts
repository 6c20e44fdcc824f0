import type { Domain } from '../api/types.gen.ts';

/** Active, expiring soon or expired, as cards count it. */
export type CardStatus = Domain['status'];
/** What a registrar says of a switch; unknown where it doesn't tell. */
export type Switch = 'on' | 'off' | 'unknown';

/** The word for each status, as people read it. */
export const STATUS_WORDS: Readonly<Record<CardStatus, string>> = {
  ACTIVE: 'Active',
  EXPIRING_SOON: 'Expiring soon',
  EXPIRED: 'Expired',
};

/** What is known of a domain's DNS records, in a few words. */
export const DNS_WORDS: Readonly<Record<Domain['dns']['status'], string>> = {
  FETCHED: 'Read',
  ELSEWHERE: 'Elsewhere',
  NOT_PERMITTED: 'Not permitted',
  FAILED: 'Could not be read',
  PENDING: 'Not read yet',
};

/** How to call what the API gives by id. */
export interface Names {
  readonly registrar: (id: string) => string;
  readonly integration: (id: string) => string;
}

/** Tells an unknown switch from one that is off. */
export function toSwitch(value: boolean | null): Switch {
  if (value === null) return 'unknown';
  return value ? 'on' : 'off';
}

const grouped = new Intl.NumberFormat('en-US');

/** A number with commas between thousands. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A number with what it counts: "1 domain", "1,204 domains". */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
