import { CircleAlert, CircleCheck, CircleDashed, CircleHelp, CircleX, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Domain, Integration } from '../api/types.gen.ts';
import { cx } from './class-names.ts';
import { Spinner } from './spinner.tsx';

type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'busy';

const TONES: Readonly<Record<Tone, string>> = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  calm: 'bg-sunken text-quiet',
  busy: 'bg-accent-soft text-accent-ink',
};

/** A word with an icon and a colour: never colour alone. */
export function Badge({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap forced-colors:border',
        TONES[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}

const ICON = 'size-3.5 shrink-0';

/** Whether a domain is in force. */
export function DomainStatus({ status }: { readonly status: Domain['status'] }) {
  switch (status) {
    case 'ACTIVE':
      return (
        <Badge tone="good" icon={<CircleCheck aria-hidden className={ICON} />}>
          Active
        </Badge>
      );
    case 'EXPIRING_SOON':
      return (
        <Badge tone="warn" icon={<Clock aria-hidden className={ICON} />}>
          Expiring soon
        </Badge>
      );
    case 'EXPIRED':
      return (
        <Badge tone="bad" icon={<CircleX aria-hidden className={ICON} />}>
          Expired
        </Badge>
      );
  }
}

/** The state of an integration, in the guide's words (R57). */
export function IntegrationStatus({ status }: { readonly status: Integration['status'] }) {
  switch (status) {
    case 'IDLE':
      return (
        <Badge tone="calm" icon={<CircleDashed aria-hidden className={ICON} />}>
          Idle
        </Badge>
      );
    case 'SYNCING':
      return (
        <Badge tone="busy" icon={<Spinner className="size-3.5" />}>
          Syncing...
        </Badge>
      );
    case 'SYNCED':
      return (
        <Badge tone="good" icon={<CircleCheck aria-hidden className={ICON} />}>
          Synced
        </Badge>
      );
    case 'FAILED':
      return (
        <Badge tone="bad" icon={<CircleAlert aria-hidden className={ICON} />}>
          Failed
        </Badge>
      );
  }
}

/** On, off, or what the registrar doesn't tell. */
export function YesNo({
  value,
  yes,
  no,
}: {
  readonly value: boolean | null;
  readonly yes: string;
  readonly no: string;
}) {
  if (value === null) {
    return (
      <span className="inline-flex items-center gap-1.5 text-quiet">
        <CircleHelp aria-hidden className={ICON} />
        Unknown
      </span>
    );
  }
  return value ? <span>{yes}</span> : <span className="font-medium text-warn">{no}</span>;
}
