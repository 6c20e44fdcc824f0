import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';
import { cx } from './class-names.ts';

interface ModalProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Gets the focus first. @default the first thing that can have it */
  readonly firstFocus?: RefObject<HTMLElement | null>;
}

const CENTRED = 'm-auto w-[min(32rem,calc(100vw-2rem))] rounded-card p-6';
const SIDES = {
  left: 'mr-auto ml-0 h-dvh max-h-none w-72 max-w-[85vw] flex-col p-4 open:flex',
  bottom: 'mt-auto mb-0 w-full max-w-none rounded-t-card p-4',
};

/**
 * The platform's own modal dialog: it keeps the focus inside, makes the rest inert, closes on Escape and gives the
 * focus back.
 */
function Modal({
  isOpen,
  onClose,
  title,
  description,
  children,
  firstFocus,
  place,
  role,
}: ModalProps & { readonly place: string; readonly role: 'dialog' | 'alertdialog' }) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (isOpen && !dialog.open) {
      dialog.showModal();
      firstFocus?.current?.focus();
    } else if (!isOpen && dialog.open) dialog.close();
  }, [isOpen, firstFocus]);
  const isQuestion = role === 'alertdialog';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the press is one beside the dialog; Escape does the same by key
    <dialog
      ref={ref}
      role={isQuestion ? role : undefined}
      aria-labelledby={`${id}-title`}
      aria-describedby={description === undefined ? undefined : `${id}-text`}
      className={cx(
        'max-h-[calc(100dvh-2rem)] overflow-auto border border-line bg-card text-ink shadow-raised outline-none backdrop:bg-veil',
        place,
      )}
      onClose={onClose}
      onClick={(event) => {
        if (!isQuestion && event.target === ref.current && isBeside(event, ref.current)) ref.current.close();
      }}
    >
      {isOpen && (
        <>
          <div className="mb-2 flex items-start justify-between gap-4">
            <h2 id={`${id}-title`} className="text-lg font-semibold">
              {title}
            </h2>
            {!isQuestion && (
              <button
                type="button"
                aria-label="Close"
                onClick={() => ref.current?.close()}
                className="-m-1 inline-grid size-8 shrink-0 place-items-center rounded-control text-quiet hover:bg-hover pointer-coarse:size-11"
              >
                <X aria-hidden className="size-4" />
              </button>
            )}
          </div>
          {description !== undefined && (
            <div id={`${id}-text`} className="text-quiet">
              {description}
            </div>
          )}
          {children}
        </>
      )}
    </dialog>
  );
}

/** A press on the backdrop has the dialog itself as its target, too: only the place tells. */
function isBeside(
  { clientX, clientY }: { clientX: number; clientY: number },
  dialog: HTMLDialogElement,
): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

/** A window over the page that is closed by Escape, by its cross, or by a press beside it. */
export function Dialog(props: ModalProps) {
  return <Modal {...props} place={CENTRED} role="dialog" />;
}

/** A question that has to be answered: no press beside it closes it. `children` end with the buttons. */
export function Question(props: ModalProps) {
  return <Modal {...props} place={CENTRED} role="alertdialog" />;
}

/** A sheet at an edge of the screen, for phones: filters, navigation. */
export function Sheet({ side, ...props }: ModalProps & { readonly side: keyof typeof SIDES }) {
  return <Modal {...props} place={SIDES[side]} role="dialog" />;
}
