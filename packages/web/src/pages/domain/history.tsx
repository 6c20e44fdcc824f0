import type { SyncRun } from '../../api/types.gen.ts';
import { useRuns } from '../../data/domains.ts';
import { formatDuration, formatExact } from '../../model/dates.ts';
import type { Names } from '../../model/words.ts';
import { EmptyState, Loading, RegionError, Skeleton } from '../../ui/states.tsx';
import { Badge } from '../../ui/status-badge.tsx';

const TRIGGERS: Readonly<Record<SyncRun['trigger'], string>> = {
  ADDED: 'Integration added',
  MANUAL: 'Sync Now',
  SCHEDULED: 'Scheduled',
  CREDENTIALS_UPDATED: 'Credentials updated',
};

const STATUSES: Readonly<
  Record<SyncRun['status'], readonly ['good' | 'warn' | 'bad' | 'calm' | 'busy', string]>
> = {
  RUNNING: ['busy', 'Running'],
  SUCCEEDED: ['good', 'Succeeded'],
  PARTIAL: ['warn', 'Partly read'],
  FAILED: ['bad', 'Failed'],
  SUPERSEDED: ['calm', 'Superseded'],
  CANCELLED: ['calm', 'Cancelled'],
};

/** The last syncs of the integration, and what each of them found. */
export function History({ integrationId, names }: { readonly integrationId: string; readonly names: Names }) {
  const { data, error, refetch } = useRuns(integrationId);
  if (!data && error) return <RegionError error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading what="history">
        <div className="flex flex-col gap-2">
          {['a', 'b', 'c', 'd'].map((key) => (
            <Skeleton key={key} className="h-20" />
          ))}
        </div>
      </Loading>
    );
  }
  if (data.length === 0) {
    return (
      <EmptyState title="No syncs yet">
        {names.integration(integrationId)} was not synced yet. Each sync is listed here with what it changed.
      </EmptyState>
    );
  }
  return (
    <>
      <p className="mb-3 text-sm text-quiet">
        The last syncs of {names.integration(integrationId)}. Counts are of all its domains.
      </p>
      <ol className="divide-y divide-line rounded-card border border-line bg-card shadow-card">
        {data.map((run) => (
          <Run key={run.runId} run={run} />
        ))}
      </ol>
    </>
  );
}

function Run({ run }: { readonly run: SyncRun }) {
  const [tone, word] = STATUSES[run.status];
  return (
    <li className="px-5 py-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <time dateTime={run.startedAt} className="font-medium">
          {formatExact(run.startedAt, 'INSTANT')}
        </time>
        <Badge tone={tone}>{word}</Badge>
        <span className="text-sm text-quiet">{TRIGGERS[run.trigger]}</span>
      </p>
      <p className="mt-1 text-sm">{toChanges(run)}</p>
      <p className="mt-1 text-sm text-quiet">{toEffort(run)}</p>
      {run.problem && <p className="mt-2 text-sm font-medium text-bad">{run.problem.title}</p>}
    </li>
  );
}

function toChanges({ counts, status }: SyncRun): string {
  const parts = [
    counts.new > 0 && `+${counts.new} new`,
    counts.changed > 0 && `${counts.changed} changed`,
    counts.missing > 0 && `${counts.missing} missing`,
    counts.removed > 0 && `${counts.removed} removed`,
    counts.failed > 0 && `${counts.failed} could not be read`,
  ].filter((part) => part !== false);
  if (parts.length > 0) return parts.join(', ');
  return status === 'SUCCEEDED' || status === 'PARTIAL' ? 'No changes' : 'Nothing was changed';
}

function toEffort({ startedAt, endedAt, registrarCalls, counts }: SyncRun): string {
  const seconds = endedAt === null ? undefined : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return [
    `${counts.listed.toLocaleString('en-US')} ${counts.listed === 1 ? 'domain' : 'domains'}`,
    seconds === undefined ? 'not ended yet' : formatDuration(seconds),
    `${registrarCalls.toLocaleString('en-US')} ${registrarCalls === 1 ? 'call' : 'calls'} to the registrar`,
  ].join(' · ');
}
