import { type ChangeEvent, type FocusEvent, useState } from 'react';
import type { CredentialField as FieldData } from '../../api/types.gen.ts';
import { describeRemoved, trimPasted } from '../../model/trim-secret.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { announce } from '../../ui/live-region.tsx';
import { checkField } from './check-fields.ts';

const PASTES: ReadonlySet<string> = new Set(['insertFromPaste', 'insertFromDrop']);

/**
 * One part of the credentials. Blanks around a pasted text are taken away, and it says so; a secret is hidden until it
 * is asked for.
 */
export function CredentialField({
  field,
  value,
  problem,
  readOnly,
  onChange,
  onCheck,
}: {
  readonly field: FieldData;
  readonly value: string;
  readonly problem: string | undefined;
  readonly readOnly: boolean;
  readonly onChange: (value: string) => void;
  /** The field was left with something in it; undefined when it looks right. */
  readonly onCheck: (problem: string | undefined) => void;
}) {
  const [isShown, setShown] = useState(false);
  const [note, setNote] = useState('');
  const takeTrimmed = (text: string): string => {
    const { value: trimmed, removed } = trimPasted(text);
    if (removed > 0) {
      setNote(describeRemoved(removed));
      announce(describeRemoved(removed));
    }
    return trimmed;
  };
  const take = ({ target, nativeEvent }: ChangeEvent<HTMLInputElement>): void => {
    const isPaste = PASTES.has((nativeEvent as InputEvent).inputType);
    setNote('');
    onChange(isPaste ? takeTrimmed(target.value) : target.value);
  };
  const leave = ({ relatedTarget }: FocusEvent): void => {
    // the form trims and checks itself when it is sent; words that appear now would move the button off the pointer
    if (relatedTarget instanceof HTMLButtonElement && relatedTarget.type === 'submit') return;
    const trimmed = takeTrimmed(value);
    if (trimmed !== value) onChange(trimmed);
    if (trimmed !== '') onCheck(checkField(field, trimmed));
  };
  return (
    <Field
      label={field.label}
      name={field.name}
      optional={!field.required}
      required={field.required}
      type={field.secret && !isShown ? 'password' : 'text'}
      autoComplete="off"
      autoCapitalize="none"
      autoCorrect="off"
      readOnly={readOnly}
      value={value}
      problem={problem}
      hint={
        <>
          {field.hint}
          {note !== '' && <span className="font-medium text-ink"> {note}</span>}
        </>
      }
      onChange={take}
      onBlur={leave}
    >
      {field.secret && (
        <Button aria-label={`${isShown ? 'Hide' : 'Show'} ${field.label}`} onClick={() => setShown(!isShown)}>
          {isShown ? 'Hide' : 'Show'}
        </Button>
      )}
    </Field>
  );
}
