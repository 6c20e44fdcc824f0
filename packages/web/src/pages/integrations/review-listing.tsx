import { useRef } from 'react';
import { isSyncRunning, toSentence } from '../../api/problem.ts';
import type { Integration } from '../../api/types.gen.ts';
import { useAcceptListing, useStartSync } from '../../data/integration-actions.ts';
import { OFFLINE_REASON, useOnline } from '../../shell/online.ts';
import { Button } from '../../ui/button.tsx';
import { Question } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { toastError } from './actions.ts';
import { toCardId } from './names.ts';

/** Asks whether a listing that is much shorter than before is right. Until somebody says so, nothing is removed. */
export function ReviewListing({
  isOpen,
  integration,
  name,
  detail,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly integration: Integration;
  readonly name: string;
  /** What the registrar listed, and what was known. */
  readonly detail: string;
  readonly onClose: () => void;
}) {
  const accept = useAcceptListing();
  const start = useStartSync();
  const isOnline = useOnline();
  const keep = useRef<HTMLButtonElement>(null);
  const acceptIt = async (): Promise<void> => {
    try {
      await accept.mutateAsync(integration.id);
    } catch (error) {
      toastError(error);
      return;
    }
    onClose();
    // the button that opened this goes with the notice
    requestAnimationFrame(() => document.getElementById(toCardId(integration.id))?.focus());
    try {
      await start.mutateAsync(integration);
      toast('Listing accepted. A sync applies it now.');
    } catch (error) {
      if (isSyncRunning(error)) toast('Listing accepted. The next sync applies it.');
      else toast(`Listing accepted, but the sync did not start. ${toSentence(error)}`, 'error');
    }
  };
  return (
    <Question
      isOpen={isOpen}
      onClose={onClose}
      title={`Is the shorter list of ${name} right?`}
      firstFocus={keep}
      description={
        <>
          <p className="break-words">{detail}</p>
          <p className="mt-2">
            If you sold or moved these domains, accept the shorter list: the missing ones are then removed
            from your dashboard. If not, keep what we have, and check the account at {name}. Your domains at{' '}
            {name} are not affected either way.
          </p>
        </>
      }
    >
      {!isOnline && (
        <p id="review-offline" className="mt-4 text-sm text-quiet">
          {OFFLINE_REASON}
        </p>
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button ref={keep} onClick={onClose}>
          Keep what we have
        </Button>
        <Button
          look="primary"
          busy={accept.isPending}
          blocked={!isOnline}
          aria-describedby={isOnline ? undefined : 'review-offline'}
          onClick={() => void acceptIt()}
        >
          Accept the shorter list
        </Button>
      </div>
    </Question>
  );
}
