import type { DomainDns } from '../../api/types.gen.ts';
import { formatExact } from '../../model/dates.ts';
import { Notice } from '../../ui/states.tsx';

interface Props {
  readonly dns: DomainDns;
  readonly isEmpty: boolean;
  readonly registrar: string;
}

/** Why there are no records here, or how old those are that could be read last. */
export function RecordsState({ dns, isEmpty, registrar }: Props) {
  const { status, provider, fetchedAt, problem } = dns;
  switch (status) {
    case 'FETCHED':
      return isEmpty ? <Notice tone="calm">This domain has no DNS records at {registrar}.</Notice> : null;
    case 'PENDING':
      return <Notice tone="calm">The records are read at the next sync.</Notice>;
    case 'ELSEWHERE':
      return (
        <Notice tone="calm">
          No DNS records at {registrar}. This domain's nameservers are{' '}
          {provider === null ? (
            'elsewhere'
          ) : (
            <>
              at <bdi>{provider}</bdi>
            </>
          )}
          , so its records live there.
        </Notice>
      );
    case 'NOT_PERMITTED':
    case 'FAILED':
      return (
        <Notice tone="warn" title={`${registrar} did not give us the records for this domain.`}>
          {problem && (
            <p>
              {problem.title}. {problem.detail}
            </p>
          )}
          <p>
            They are asked for again at the next sync.
            {!isEmpty && fetchedAt !== null && ` Showing those of ${formatExact(fetchedAt, 'INSTANT')}.`}
          </p>
        </Notice>
      );
  }
}
