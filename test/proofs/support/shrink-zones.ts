import type { AccountBook } from '#simulators/accounts.ts';

/** Leaves so many record sets in each zone of an account, for cases in which small zones are as good, and quicker. */
export function shrinkZones(accounts: AccountBook, id: string, sets: number): void {
  const { names, get } = accounts.get(id).portfolio;
  const records = names.map((name) => [name, get(name)?.rrsets.slice(0, sets) ?? []] as const);
  accounts.put(id, { records: Object.fromEntries(records) });
}
