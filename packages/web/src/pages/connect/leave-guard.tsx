import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { Question } from '../../ui/dialog.tsx';

/** Asks before typed text is lost. A form that was sent sets `isDone`, and may be left. */
export function LeaveGuard({
  isDirty,
  isBusy,
  isDone,
}: {
  readonly isDirty: boolean;
  readonly isBusy: boolean;
  readonly isDone: React.RefObject<boolean>;
}) {
  const keep = useRef<HTMLButtonElement>(null);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && !isDone.current && current.pathname !== next.pathname,
    // while it is sent, only the way to the sign-in page leads out
    enableBeforeUnload: () => isDirty && !isBusy && !isDone.current,
    withResolver: true,
  });
  return (
    <Question
      isOpen={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title="Discard what you typed?"
      description="Credentials that were typed here are not kept."
      firstFocus={keep}
    >
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button ref={keep} onClick={() => blocker.reset?.()}>
          Keep editing
        </Button>
        <Button look="danger" onClick={() => blocker.proceed?.()}>
          Discard
        </Button>
      </div>
    </Question>
  );
}
