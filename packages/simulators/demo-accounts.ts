import type { SimAccount, SimPortfolio, SimRefusal } from './types.ts';

/** One account that refuses, and what a product should make of it. */
export interface DemoRefusal {
  readonly id: string;
  readonly label: string;
  readonly refusal: Exclude<SimRefusal, 'none'>;
  readonly expect: string;
}

/** What is told of an account to make its credentials. */
export interface DemoSeat {
  readonly id: string;
  /** The account's number, different for each account of a registrar. */
  readonly number: number;
}

/**
 * Accounts of 10, 50 and 0 domains, then one of 10 domains for each refusal. No two share a credential.
 * `makeCredentials` gives values that satisfy the registrar's forms and say that they are fake.
 */
export function makeDemoAccounts(
  makePortfolio: (size: number, seed: number) => SimPortfolio,
  refusals: readonly DemoRefusal[],
  makeCredentials: (seat: DemoSeat) => Readonly<Record<string, string>>,
): SimAccount[] {
  const good = [
    { id: 'demo-10', label: '10 domains', size: 10 },
    { id: 'demo-50', label: '50 domains', size: 50 },
    { id: 'demo-0', label: 'No domains', size: 0 },
  ].map((seat) => ({ ...seat, refusal: 'none' as const, expect: 'SYNCED' }));
  const refusing = refusals.map((refusal) => ({ ...refusal, size: 10 }));
  return [...good, ...refusing].map(({ id, label, size, refusal, expect }, i) => ({
    id,
    label,
    refusal,
    expect,
    credentials: makeCredentials({ id, number: i + 1 }),
    portfolio: makePortfolio(size, i + 1),
  }));
}
