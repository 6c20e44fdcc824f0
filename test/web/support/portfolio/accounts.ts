import type { DomainJson } from '#api/schemas/domain.ts';
import { toIso } from './life.ts';

/** An account at a registrar: what an integration is made of. */
export interface Account {
  readonly id: string;
  readonly registrar: DomainJson['registrar'];
  readonly label: string | null;
  /** Its part of all domains. */
  readonly share: number;
  readonly lastSyncedHoursAgo: number;
}

/** Six accounts at the five registrars, two of them at one. */
export const ACCOUNTS: readonly Account[] = [
  {
    id: 'goda2main2222222222222akj1l',
    registrar: 'godaddy',
    label: null,
    share: 0.35,
    lastSyncedHoursAgo: 3,
  },
  {
    id: 'goda2clienta222222222277xyz',
    registrar: 'godaddy',
    label: 'client A',
    share: 0.15,
    lastSyncedHoursAgo: 2,
  },
  {
    id: 'name2cheap22222222222225tq4',
    registrar: 'namecheap',
    label: null,
    share: 0.15,
    lastSyncedHoursAgo: 50,
  },
  {
    id: 'gand2i222222222222222222mno',
    registrar: 'gandi',
    label: 'Association',
    share: 0.12,
    lastSyncedHoursAgo: 5,
  },
  {
    id: 'pork2bun2222222222222226rst',
    registrar: 'porkbun',
    label: 'side projects',
    share: 0.13,
    lastSyncedHoursAgo: 26,
  },
  { id: 'name2com222222222222222bcde', registrar: 'namecom', label: null, share: 0.1, lastSyncedHoursAgo: 1 },
];

/** The end of an account's last good sync. */
export function toLastSyncedAt({ lastSyncedHoursAgo }: Account, nowMs: number): string {
  return toIso(nowMs - lastSyncedHoursAgo * 3_600_000);
}
