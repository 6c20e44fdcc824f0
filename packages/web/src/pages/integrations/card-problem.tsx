import { Copy, TriangleAlert } from 'lucide-react';
import type { Integration, Registrar, SyncProblem } from '../../api/types.gen.ts';
import { useApp } from '../../app-context.ts';
import { formatExact } from '../../model/dates.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ExternalLink } from '../../ui/external-link.tsx';
import { copyText } from './actions.ts';

/** Why the last sync failed, what to do about it, and what support asks for. */
export function CardProblem({
  integration,
  problem,
  registrar,
  name,
  retry,
}: {
  readonly integration: Integration;
  readonly problem: SyncProblem;
  readonly registrar: Registrar | undefined;
  readonly name: string;
  /** Trying again helps; `blockedBy` is the id of the words that say why it can't be done now. */
  readonly retry: false | { readonly onRetry: () => void; readonly blockedBy?: string };
}) {
  const { config } = useApp();
  const { title, detail, advice, at } = problem;
  const { lastSyncedAt } = integration;
  const addresses = (registrar?.egressAddresses ?? []).filter((address) =>
    [detail, ...advice].some((text) => text.includes(address)),
  );
  return (
    <section className="flex flex-col gap-2 text-sm">
      <h3 className="flex items-center gap-2 text-base font-semibold text-bad">
        <TriangleAlert aria-hidden className="size-5 shrink-0" />
        {title}
      </h3>
      <p className="break-words">{detail}</p>
      {advice.length > 0 && (
        <ul className="list-disc space-y-1 pl-5 break-words">
          {advice.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      {addresses.map((address) => (
        <p key={address} className="flex items-center gap-1">
          Our address: <code className="break-all">{address}</code>
          <CopyButton text={address} what="our address" />
        </p>
      ))}
      <p className="text-quiet">
        Failed <time dateTime={at}>{formatExact(at, 'INSTANT')}</time>
      </p>
      {lastSyncedAt !== null && (
        <p className="text-quiet">
          Showing data from <time dateTime={lastSyncedAt}>{formatExact(lastSyncedAt, 'INSTANT')}</time>.
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {retry && (
          <Button
            small
            look="primary"
            blocked={retry.blockedBy !== undefined}
            aria-describedby={retry.blockedBy}
            onClick={retry.onRetry}
          >
            Try again
          </Button>
        )}
        <Button
          small
          look="quiet"
          icon={<Copy aria-hidden className="size-4" />}
          onClick={() => void copyText(toDetails(name, problem))}
        >
          Copy details
        </Button>
        {config.supportUrl !== undefined && (
          <ExternalLink href={config.supportUrl}>Contact support</ExternalLink>
        )}
      </div>
    </section>
  );
}

/** What support asks for. Nothing secret is in it: the API has no secrets to tell. */
function toDetails(name: string, { title, detail, code, at, requestId }: SyncProblem): string {
  return [
    `Registrar: ${name}`,
    `Problem: ${title}`,
    `Detail: ${detail}`,
    `Code: ${code}`,
    `Time: ${formatExact(at, 'INSTANT')}`,
    `Request ID: ${requestId}`,
  ].join('\n');
}
