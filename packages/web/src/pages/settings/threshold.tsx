import { type FormEvent, useRef, useState } from 'react';
import { ApiError, toWords } from '../../api/problem.ts';
import { useChangeSettings, useSettings } from '../../data/account.ts';
import { OFFLINE_REASON, useOnline } from '../../shell/online.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Loading, RegionError, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';

const MIN_DAYS = 1;
const MAX_DAYS = 365;

/** From how many days before its end a domain counts as expiring soon. */
export function Threshold() {
  const { data, error, refetch } = useSettings();
  return (
    <div className="py-4">
      {data ? (
        <Form days={data.expiringSoonDays} />
      ) : error ? (
        <RegionError error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="settings">
          <Skeleton className="h-24" />
        </Loading>
      )}
    </div>
  );
}

function Form({ days }: { readonly days: number }) {
  const [text, setText] = useState(String(days));
  const [problem, setProblem] = useState<string>();
  const change = useChangeSettings();
  const isOnline = useOnline();
  const form = useRef<HTMLFormElement>(null);
  const refuse = (words: string): void => {
    setProblem(words);
    form.current?.querySelector('input')?.focus();
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    // Enter comes here without a press of the button
    if (!isOnline || change.isPending) return;
    const value = toDays(text);
    if (value === undefined) {
      refuse(`Enter a whole number from ${MIN_DAYS} to ${MAX_DAYS}.`);
      return;
    }
    setProblem(undefined);
    change.mutate(
      { expiringSoonDays: value },
      {
        onSuccess: () => toast('Settings saved.'),
        onError: (error) => {
          const field = error instanceof ApiError ? error.answer.fields?.[0] : undefined;
          if (field) refuse(field.detail);
          else toast(`The settings were not saved. ${toWords(error).detail}`, 'error');
        },
      },
    );
  };
  return (
    <form ref={form} noValidate onSubmit={save}>
      <Field
        label="Expiring soon"
        hint="Days before its expiry from which a domain counts as expiring soon."
        type="number"
        inputMode="numeric"
        min={MIN_DAYS}
        max={MAX_DAYS}
        step={1}
        value={text}
        problem={problem}
        className="max-w-xs"
        onChange={(event) => setText(event.target.value)}
      >
        <Button
          type="submit"
          busy={change.isPending}
          blocked={!isOnline}
          title={isOnline ? undefined : OFFLINE_REASON}
        >
          Save
        </Button>
      </Field>
    </form>
  );
}

function toDays(text: string): number | undefined {
  const days = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isInteger(days) && days >= MIN_DAYS && days <= MAX_DAYS ? days : undefined;
}
