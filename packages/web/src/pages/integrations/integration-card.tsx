import { RefreshCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { SyncProblem } from '../../api/types.gen.ts';
import { useOnline } from '../../shell/online.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { RegistrarMark } from '../../ui/registrar-mark.tsx';
import { Notice } from '../../ui/states.tsx';
import { Badge, IntegrationStatus } from '../../ui/status-badge.tsx';
import { useChanges, useSyncNow } from './actions.ts';
import { CardFigures } from './card-figures.tsx';
import { CardMenu } from './card-menu.tsx';
import { CardNotices } from './card-notices.tsx';
import { CardProblem } from './card-problem.tsx';
import { CardProgress } from './card-progress.tsx';
import { LastSync } from './last-sync.tsx';
import { type NamedIntegration, toCardId } from './names.ts';
import { RenameDialog } from './rename-dialog.tsx';

/** Failures that new credentials mend; the others are tried again. */
const CREDENTIAL_CODES: ReadonlySet<SyncProblem['code']> = new Set([
  'INVALID_CREDENTIALS',
  'AUTHENTICATION_FAILED',
  'ACCESS_NOT_GRANTED',
  'CREDENTIALS_UNREADABLE',
]);

/** One connected account: who it is, how its sync stands, its figures, and its actions. */
export function IntegrationCard({
  onDelete,
  ...named
}: NamedIntegration & { readonly onDelete: () => void }) {
  const { integration, registrar, name } = named;
  const { id, status, problem, notices, counts, paused } = integration;
  const [isRenaming, setRenaming] = useState(false);
  const { sync, blockedBy } = useSyncNow(integration, name);
  const { rename, setPaused, isChanging } = useChanges(integration);
  const isOnline = useOnline();
  const cardId = toCardId(id);
  const shownProblem = status === 'FAILED' ? problem : undefined;
  const wantsCredentials = shownProblem !== undefined && CREDENTIAL_CODES.has(shownProblem.code);
  return (
    <article
      id={cardId}
      tabIndex={-1}
      aria-labelledby={`${cardId}-name`}
      className={cx(
        'flex flex-col gap-4 rounded-card border border-line bg-card p-5 shadow-card',
        status === 'FAILED' && 'border-l-4 border-l-bad',
      )}
    >
      <CardHeader
        {...named}
        menu={
          <CardMenu
            integration={integration}
            name={name}
            onRename={() => setRenaming(true)}
            onPause={() => void setPaused(!paused)}
            onDelete={onDelete}
          />
        }
      />
      {status === 'SYNCING' && <CardProgress integration={integration} name={name} />}
      {shownProblem && (
        <CardProblem
          integration={integration}
          problem={shownProblem}
          registrar={registrar}
          name={name}
          retry={
            !wantsCredentials && {
              onRetry: () => void sync(),
              ...(blockedBy !== undefined && { blockedBy: `${cardId}-blocked` }),
            }
          }
        />
      )}
      <CardFigures id={id} name={name} counts={counts} isOld={status === 'SYNCING'} />
      <LastSync integration={integration} />
      {paused && (
        <Notice
          tone="calm"
          actions={
            <Button small busy={isChanging} blocked={!isOnline} onClick={() => void setPaused(false)}>
              Resume
            </Button>
          }
        >
          Syncing is paused.
        </Notice>
      )}
      {notices.length > 0 && <CardNotices integration={integration} name={name} />}
      <div className="mt-auto flex flex-wrap items-center gap-2 border-line border-t pt-4">
        <Button
          small
          icon={<RefreshCw aria-hidden className="size-4" />}
          blocked={blockedBy !== undefined}
          aria-describedby={blockedBy === undefined ? undefined : `${cardId}-blocked`}
          onClick={() => void sync()}
        >
          Sync Now
        </Button>
        <ButtonLink
          small
          to="/integrations/$id/credentials"
          params={{ id }}
          look={wantsCredentials ? 'primary' : 'secondary'}
        >
          Update Credentials
        </ButtonLink>
        {blockedBy !== undefined && (
          <p id={`${cardId}-blocked`} className="w-full text-sm text-quiet tabular-nums">
            {blockedBy}
          </p>
        )}
      </div>
      <RenameDialog
        isOpen={isRenaming}
        label={integration.label}
        name={name}
        onClose={() => setRenaming(false)}
        onRename={(label) => void rename(label)}
      />
    </article>
  );
}

function CardHeader({ integration, registrar, name, menu }: NamedIntegration & { readonly menu: ReactNode }) {
  const { id, label, maskedId, status, environment } = integration;
  const place = registrar?.environments.find((each) => each.id === environment)?.label ?? environment;
  return (
    <header className="flex items-start gap-2.5">
      <RegistrarMark name={name} large />
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1">
          <h2 id={`${toCardId(id)}-name`} className="text-lg font-semibold break-words">
            {name}
          </h2>
          <IntegrationStatus status={status} />
        </div>
        {label !== null && <p className="break-words text-quiet">{label}</p>}
        <p className="flex flex-wrap items-center gap-x-1 text-sm text-quiet">
          <span>
            Integration ID: <code>{maskedId}</code>
          </span>
          <CopyButton text={id} what="integration ID" />
          {environment !== 'production' && <Badge tone="calm">{place}</Badge>}
        </p>
      </div>
      {menu}
    </header>
  );
}
