import { type FormEvent, useEffect, useRef, useState } from 'react';
import { toSentence } from '../../api/problem.ts';
import { useRemoveIntegration } from '../../data/integration-actions.ts';
import { countOf } from '../../model/words.ts';
import { OFFLINE_REASON, useOnline } from '../../shell/online.ts';
import { Button } from '../../ui/button.tsx';
import { Question } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { type NamedIntegration, toIdEnd } from './names.ts';

/** With more domains than this, a press is not enough. */
const CONFIRMED_BY_TYPING = 50;

/** Asks before an integration and its domains go. Its end is seen in the list, so that it waits for nothing else. */
export function DeleteQuestion({
  integration,
  name,
  isGone,
  onClose,
}: NamedIntegration & { readonly isGone: boolean; readonly onClose: () => void }) {
  const { id, maskedId, counts } = integration;
  const remove = useRemoveIntegration();
  const isOnline = useOnline();
  const [typed, setTyped] = useState('');
  // closed while the deletion is under way: its end is still told
  const [isHidden, setHidden] = useState(false);
  const cancel = useRef<HTMLButtonElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (!isGone) return;
    toast('Integration deleted.');
    // what opened the question is gone too
    document.querySelector<HTMLElement>('h1')?.focus();
    close.current();
  }, [isGone]);
  const idEnd = toIdEnd(id);
  const asksTyping = counts.total > CONFIRMED_BY_TYPING;
  const isUntyped = asksTyping && typed.trim() !== idEnd;
  const untyped = isUntyped ? `Type ${idEnd} first` : undefined;
  const blockedBy = isOnline ? untyped : OFFLINE_REASON;
  const hide = (): void => (remove.isPending ? setHidden(true) : onClose());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    remove.mutate(id);
  };
  return (
    <Question
      isOpen={!isGone && (!isHidden || remove.isError)}
      onClose={hide}
      title={`Delete ${name} (${maskedId})?`}
      firstFocus={cancel}
      description={toConsequence(counts.total, name)}
    >
      <form onSubmit={submit} className="mt-4 flex flex-col gap-4">
        {asksTyping && (
          <Field
            label={`Type ${idEnd} to confirm`}
            hint="The last five characters of the integration ID."
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {remove.error && (
          <div role="alert">
            <Notice tone="bad">{toSentence(remove.error)}</Notice>
          </div>
        )}
        {blockedBy !== undefined && (
          <p id="delete-blocked" className={isOnline ? 'sr-only' : 'text-sm text-quiet'}>
            {blockedBy}
          </p>
        )}
        <div className="mt-2 flex flex-wrap justify-end gap-2">
          <Button ref={cancel} onClick={hide}>
            Cancel
          </Button>
          <Button
            type="submit"
            look="danger"
            busy={remove.isPending}
            blocked={blockedBy !== undefined}
            aria-describedby={blockedBy === undefined ? undefined : 'delete-blocked'}
          >
            Delete integration
          </Button>
        </div>
      </form>
    </Question>
  );
}

function toConsequence(domains: number, name: string): string {
  const what = domains === 0 ? 'the integration' : `the integration and its ${countOf(domains, 'domain')}`;
  return `This removes ${what} from your dashboard. Your domains at ${name} are not affected.`;
}
