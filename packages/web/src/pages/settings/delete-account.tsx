import { type FormEvent, useRef, useState } from 'react';
import { toWords } from '../../api/problem.ts';
import { useApp } from '../../app-context.ts';
import { useDeleteAccount } from '../../data/account.ts';
import { OFFLINE_REASON, useOnline } from '../../shell/online.ts';
import { Button } from '../../ui/button.tsx';
import { Question } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { Row } from './section.tsx';

const CONFIRMATION = 'delete my account';

/** Takes everything of the person away, after they have typed that they want it. */
export function DeleteAccount() {
  const [isAsking, setAsking] = useState(false);
  const isOnline = useOnline();
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Row
      title="Delete account"
      text="Removes everything we keep of you. Your domains at registrars are not affected."
    >
      <Button
        look="danger"
        blocked={!isOnline}
        title={isOnline ? undefined : OFFLINE_REASON}
        onClick={() => setAsking(true)}
      >
        Delete account…
      </Button>
      <Question
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Delete your account?"
        firstFocus={cancel}
        description={
          <>
            <p>This removes, for good:</p>
            <ul className="my-2 list-disc pl-5">
              <li>your integrations and the credentials we keep for them</li>
              <li>all domains, DNS records and the history of syncs</li>
              <li>your settings</li>
            </ul>
            <p>Nothing changes at your registrars: your domains stay as they are.</p>
          </>
        }
      >
        <Confirmation cancel={cancel} onCancel={() => setAsking(false)} />
      </Question>
    </Row>
  );
}

interface ConfirmationProps {
  readonly cancel: React.RefObject<HTMLButtonElement | null>;
  readonly onCancel: () => void;
}

function Confirmation({ cancel, onCancel }: ConfirmationProps) {
  const { session } = useApp();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const { mutate, isPending, isSuccess, error } = useDeleteAccount();
  const isOnline = useOnline();
  const form = useRef<HTMLFormElement>(null);
  const isBusy = isPending || isSuccess;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isOnline || isBusy) return;
    if (text.trim().toLowerCase() !== CONFIRMATION) {
      setProblem(`Type “${CONFIRMATION}” to confirm.`);
      form.current?.querySelector('input')?.focus();
      return;
    }
    setProblem(undefined);
    mutate(undefined, {
      onSuccess: () =>
        // nothing is left here either way: the start asks who is there
        session.signOut().catch(() => location.assign('/')),
    });
  };
  return (
    <form ref={form} noValidate onSubmit={submit} className="mt-4 flex flex-col gap-4">
      <Field
        label={`Type “${CONFIRMATION}” to confirm`}
        value={text}
        problem={problem}
        onChange={(event) => setText(event.target.value)}
      />
      {error && (
        <div role="alert">
          <Notice tone="bad" title={toWords(error).title}>
            {toWords(error).detail}
          </Notice>
        </div>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button ref={cancel} blocked={isBusy} onClick={onCancel}>
          Cancel
        </Button>
        <Button
          type="submit"
          look="danger"
          busy={isBusy}
          blocked={!isOnline}
          title={isOnline ? undefined : OFFLINE_REASON}
        >
          {isBusy ? 'Deleting…' : 'Delete account'}
        </Button>
      </div>
    </form>
  );
}
