import { type FormEvent, type ReactNode, useRef } from 'react';
import type { DemoCredentials, Integration, Registrar } from '../../api/types.gen.ts';
import { formatDuration } from '../../model/dates.ts';
import { OFFLINE_REASON, useOnline } from '../../shell/online.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { announce } from '../../ui/live-region.tsx';
import { toPointer, toSummary, toTrimmed } from './check-fields.ts';
import { CredentialField } from './credential-field.tsx';
import { DemoAccounts } from './demo-accounts.tsx';
import { EnvironmentChoice } from './environment-choice.tsx';
import { FixedAddress } from './fixed-address.tsx';
import { FormProblem } from './form-problem.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { type FormEntry, useFormDraft } from './use-form-draft.ts';
import { type Submission, useSubmission } from './use-submission.ts';

const MAX_LABEL = 100;

interface Props {
  readonly registrar: Registrar;
  /** Names the draft: one for each registrar or integration. */
  readonly draftKey: string;
  /** Of an integration that is there already: neither it nor the label is asked for then. */
  readonly environment?: FormEntry['environment'];
  readonly submitLabel: string;
  readonly send: (submission: Submission) => Promise<Integration>;
  readonly onDone: (integration: Integration) => void;
  /** Above the fields. */
  readonly children?: ReactNode;
}

/** The fields that a registrar asks for, from its descriptor, and everything that can come of sending them. */
export function CredentialForm(props: Props) {
  const { registrar, environment, submitLabel, send, onDone, children } = props;
  const { credentialFields: fields, environments } = registrar;
  const form = useRef<HTMLFormElement>(null);
  const isDone = useRef(false);
  const isOnline = useOnline();
  const draft = useFormDraft(props.draftKey, registrar, environment ?? toFirst(environments));
  const { entry } = draft;
  const finish = (integration: Integration): void => {
    isDone.current = true;
    draft.clear();
    onDone(integration);
  };
  const submission = useSubmission({ form, fields, send, onDone: finish });
  const { problems, isBusy, secondsLeft } = submission;
  const isBlocked = !isOnline || isBusy || secondsLeft > 0;
  const hasProblems = Object.keys(problems).length > 0;

  const change = (pointer: string, part: Partial<FormEntry>): void => {
    draft.change(part);
    submission.touch();
    submission.setProblem(pointer, undefined);
  };
  const fill = ({ label, credentials }: DemoCredentials): void => {
    draft.change({ values: { ...credentials } });
    submission.touch();
    submission.forgetProblems();
    announce(`Filled in the credentials of ${label}`);
  };
  const sendEntry = (allowDuplicate = false): void => {
    if (isBlocked) return;
    const values = toTrimmed(entry.values);
    draft.change({ values });
    void submission.submit({ ...entry, values }, allowDuplicate);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    sendEntry();
  };
  const demo = environments.find(({ id }) => id === entry.environment)?.demoCredentials ?? [];

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex min-w-0 flex-col gap-5">
      {children}
      {environment === undefined && (
        <EnvironmentChoice
          environments={environments}
          value={entry.environment}
          problem={problems['/environment']}
          isLocked={isBusy}
          onChange={(id) => change('/environment', { environment: id })}
        />
      )}
      {demo.length > 0 && <DemoAccounts accounts={demo} onUse={fill} />}
      {entry.environment !== 'simulator' && <FixedAddress registrar={registrar} />}
      {fields.map((field) => (
        <CredentialField
          key={field.name}
          field={field}
          value={entry.values[field.name] ?? ''}
          problem={problems[toPointer(field.name)]}
          readOnly={isBusy}
          onChange={(value) =>
            change(toPointer(field.name), { values: { ...entry.values, [field.name]: value } })
          }
          onCheck={(problem) => submission.setProblem(toPointer(field.name), problem)}
        />
      ))}
      {environment === undefined && (
        <Field
          label="Label"
          optional
          hint={'Tells accounts at one registrar apart, such as "client A".'}
          maxLength={MAX_LABEL}
          readOnly={isBusy}
          value={entry.label}
          problem={problems['/label']}
          onChange={({ target }) => change('/label', { label: target.value })}
        />
      )}
      {hasProblems && <p className="font-medium text-bad">{toSummary(problems)}</p>}
      <FormProblem failure={submission.failure} isBlocked={isBlocked} onAddAnyway={() => sendEntry(true)} />
      <div>
        <Button
          type="submit"
          look="primary"
          className="max-sm:w-full"
          busy={isBusy}
          blocked={isBlocked}
          title={isOnline ? undefined : OFFLINE_REASON}
        >
          {toButtonText(submitLabel, isBusy, secondsLeft)}
        </Button>
        <p className="mt-3 text-sm text-quiet">
          Your credentials are encrypted before being stored in our database.
        </p>
        <p className="text-sm text-quiet">Never shown again, never logged.</p>
      </div>
      <LeaveGuard isDirty={draft.isDirty} isBusy={isBusy} isDone={isDone} />
    </form>
  );
}

function toButtonText(label: string, isBusy: boolean, secondsLeft: number): string {
  if (isBusy) return 'Checking…';
  return secondsLeft > 0 ? `Try again in ${formatDuration(secondsLeft)}` : label;
}

/** What the API takes when it is told nothing. */
function toFirst(environments: Registrar['environments']): FormEntry['environment'] {
  const ids = environments.map(({ id }) => id);
  return ids.includes('production') ? 'production' : (ids[0] ?? 'production');
}
