import { useId } from 'react';
import type { DemoCredentials } from '../../api/types.gen.ts';
import { countOf } from '../../model/words.ts';
import { Button } from '../../ui/button.tsx';

/** Accounts of the simulator, to fill the form with. */
export function DemoAccounts({
  accounts,
  onUse,
}: {
  readonly accounts: readonly DemoCredentials[];
  readonly onUse: (account: DemoCredentials) => void;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-control border border-line border-dashed p-4">
      <h2 id={id} className="font-semibold">
        Demo accounts
      </h2>
      <ul className="mt-1 divide-y divide-line">
        {accounts.map((account) => (
          <li key={account.accountId} className="flex items-center justify-between gap-3 py-2">
            <div className="min-w-0">
              <p className="font-medium break-words">{account.label}</p>
              <p className="text-sm text-quiet">
                {countOf(account.domains, 'domain')} · {toExpectation(account.expect)}
              </p>
            </div>
            <Button small aria-label={`Use ${account.label}`} onClick={() => onUse(account)}>
              Use
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a sync of the account comes to: "Syncs", "Fails: invalid credentials". */
function toExpectation(expect: DemoCredentials['expect']): string {
  if (expect === 'SYNCED') return 'Syncs';
  const words = expect
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/\btls\b/, 'TLS');
  return `Fails: ${words}`;
}
