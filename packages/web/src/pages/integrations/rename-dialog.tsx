import { type FormEvent, useRef } from 'react';
import { OFFLINE_REASON, useOnline } from '../../shell/online.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';

const MAX_LABEL = 100;

/** Asks for the label of an integration. An empty one takes the label away. */
export function RenameDialog({
  isOpen,
  label,
  name,
  onClose,
  onRename,
}: {
  readonly isOpen: boolean;
  readonly label: string | null;
  readonly name: string;
  readonly onClose: () => void;
  readonly onRename: (label: string | null) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const isOnline = useOnline();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const text = input.current?.value.trim() ?? '';
    onRename(text === '' ? null : text);
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={`Rename ${name}`} firstFocus={input}>
      <form onSubmit={submit} className="mt-2">
        <Field
          ref={input}
          label="Label"
          optional
          hint={isOnline ? 'Tells accounts at one registrar apart, such as "client A".' : OFFLINE_REASON}
          defaultValue={label ?? ''}
          maxLength={MAX_LABEL}
        />
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" blocked={!isOnline}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
