import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Domain } from '../../api/types.gen.ts';
import { formatExact } from '../../model/dates.ts';
import type { Names } from '../../model/words.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { YesNo } from '../../ui/status-badge.tsx';

const LIFECYCLES: Readonly<Record<Domain['lifecycle'], string>> = {
  pendingDelete: 'About to be deleted',
  redemption: 'Redemption period',
  onHold: 'On hold',
  transferring: 'Being transferred',
  autoRenewGrace: 'Grace period after auto-renewal',
  expired: 'Expired',
  expiringSoon: 'Expiring soon',
  active: 'Active',
  unknown: 'Unknown',
};

/** Everything that the registrar tells of the name. */
export function Overview({ domain, names }: { readonly domain: Domain; readonly names: Names }) {
  const { registeredAt, expiresAt, expiryPrecision, statuses, rawStatuses, dns } = domain;
  return (
    <div className="overflow-hidden rounded-card border border-line bg-card px-5 shadow-card">
      <dl className="-mb-px grid gap-x-8 lg:grid-cols-2">
        <Fact term="Registrar">{names.registrar(domain.registrar)}</Fact>
        <Fact term="Integration">
          <Link to="/integrations" className="link break-words">
            {names.integration(domain.integrationId)}
          </Link>
        </Fact>
        <Fact term="Registered">
          <Time iso={registeredAt} />
        </Fact>
        <Fact term="Expires">
          <Time iso={expiresAt} precision={expiryPrecision} />
        </Fact>
        <Fact term="Renewal">
          <YesNo value={domain.autoRenew} yes="Auto-renew On" no="Auto-renew Off" />
        </Fact>
        <Fact term="Lifecycle">{LIFECYCLES[domain.lifecycle]}</Fact>
        <Fact term="Transfer lock">
          <YesNo value={domain.locked} yes="On" no="Off" />
        </Fact>
        <Fact term="Privacy">
          <YesNo value={domain.privacy} yes="On" no="Off" />
        </Fact>
        <Fact term="EPP statuses">
          <Words words={statuses} />
        </Fact>
        <Fact term="In the registrar's words">
          <Words words={rawStatuses} />
        </Fact>
        <Fact term="Nameservers">
          <NameServers nameServers={domain.nameServers} />
        </Fact>
        <Fact term="DNS provider">
          {dns.provider === null ? <Unknown /> : <bdi className="break-words">{dns.provider}</bdi>}
        </Fact>
        <Fact term="First seen">
          <Time iso={domain.firstSeenAt} />
        </Fact>
        <Fact term="Last seen">
          <Time iso={domain.lastSeenAt} />
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-x-4 border-line border-b py-3 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <dt className="text-quiet">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Unknown() {
  return <span className="text-quiet">Unknown</span>;
}

function Time({
  iso,
  precision = 'INSTANT',
}: {
  readonly iso: string | null;
  readonly precision?: Domain['expiryPrecision'];
}) {
  return iso === null ? <Unknown /> : <time dateTime={iso}>{formatExact(iso, precision)}</time>;
}

function Words({ words }: { readonly words: readonly string[] }) {
  if (words.length === 0) return <span className="text-quiet">None</span>;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {[...new Set(words)].map((word) => (
        <li key={word} className="rounded-md bg-sunken px-1.5 py-0.5 font-mono text-xs break-all">
          <bdi>{word}</bdi>
        </li>
      ))}
    </ul>
  );
}

function NameServers({ nameServers }: { readonly nameServers: Domain['nameServers'] }) {
  if (nameServers === null) return <Unknown />;
  if (nameServers.length === 0) return <span className="text-quiet">None</span>;
  return (
    <>
      <ul>
        {nameServers.map((host) => (
          <li key={host} className="flex items-center gap-1">
            <bdi className="min-w-0 font-mono text-sm break-all">{host}</bdi>
            <CopyButton text={host} what={host} />
          </li>
        ))}
      </ul>
      {nameServers.length > 1 && (
        <p className="mt-1 flex items-center gap-1 text-sm text-quiet">
          All {nameServers.length}
          <CopyButton text={nameServers.join('\n')} what="all nameservers" />
        </p>
      )}
    </>
  );
}
