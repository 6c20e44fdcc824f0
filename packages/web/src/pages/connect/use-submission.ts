import { type RefObject, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/problem.ts';
import type { CredentialField, Integration } from '../../api/types.gen.ts';
import { announce } from '../../ui/live-region.tsx';
import { checkFields, type Problems, toFieldProblems, toPointer, toSummary } from './check-fields.ts';
import { useCountdown } from './use-countdown.ts';
import type { FormEntry } from './use-form-draft.ts';

/** An entry as it is sent: with the key that makes a second press one integration. */
export interface Submission extends FormEntry {
  readonly idempotencyKey: string;
  readonly allowDuplicate: boolean;
}

const DEFAULT_WAIT_SECONDS = 60;

interface Options {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly fields: readonly CredentialField[];
  readonly send: (submission: Submission) => Promise<Integration>;
  readonly onDone: (integration: Integration) => void;
}

/** Checks an entry, sends it, and holds what came of it. The focus goes to the first field that is wrong. */
export function useSubmission({ form, fields, send, onDone }: Options) {
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const [retryAt, setRetryAt] = useState(0);
  const [rejections, setRejections] = useState(0);
  const key = useRef<string>(undefined);
  const isThere = useIsThere();
  const secondsLeft = useCountdown(retryAt);
  useEffect(() => {
    if (rejections === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]')?.focus();
  }, [rejections, form]);

  const reject = (found: Problems): void => {
    setProblems(found);
    setRejections((count) => count + 1);
    announce(toSummary(found));
  };
  const fail = (error: unknown): void => {
    const { status, fields: errors = [], retryAfterSeconds } = error instanceof ApiError ? error.answer : {};
    const pointers = ['/environment', '/label', ...fields.map(({ name }) => toPointer(name))];
    const { problems: found, hasOthers } = toFieldProblems(errors, pointers);
    const isAtFields = Object.keys(found).length > 0;
    if (isAtFields) reject(found);
    if (!isAtFields || hasOthers) setFailure(error);
    if (status === 429) setRetryAt(Date.now() + (retryAfterSeconds ?? DEFAULT_WAIT_SECONDS) * 1000);
  };
  const submit = async (entry: FormEntry, allowDuplicate = false): Promise<void> => {
    if (isBusy) return;
    setFailure(undefined);
    const found = checkFields(fields, entry.values);
    if (Object.keys(found).length > 0) {
      reject(found);
      return;
    }
    setProblems({});
    setBusy(true);
    if (allowDuplicate) key.current = undefined;
    key.current ??= crypto.randomUUID();
    try {
      const integration = await send({
        ...entry,
        label: entry.label.trim(),
        allowDuplicate,
        idempotencyKey: key.current,
      });
      if (isThere.current) onDone(integration);
    } catch (error) {
      if (!isThere.current) return;
      fail(error);
      setBusy(false);
    }
  };
  /** Something was changed: another body needs another key, and what was said of the former one is over. */
  const touch = (): void => {
    key.current = undefined;
    setFailure(undefined);
  };
  const setProblem = (pointer: string, problem: string | undefined): void =>
    setProblems(({ [pointer]: _former, ...others }) =>
      problem === undefined ? others : { ...others, [pointer]: problem },
    );
  const forgetProblems = (): void => setProblems({});
  return { problems, failure, isBusy, secondsLeft, submit, touch, setProblem, forgetProblems };
}

/** Whoever left the page while it was sent is not taken elsewhere by its answer. */
function useIsThere(): RefObject<boolean> {
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  return isThere;
}
