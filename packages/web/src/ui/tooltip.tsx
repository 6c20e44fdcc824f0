import {
  type CSSProperties,
  cloneElement,
  type FocusEventHandler,
  type PointerEventHandler,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';

interface ChildProps {
  readonly 'aria-describedby'?: string | undefined;
  readonly style?: CSSProperties;
  readonly onPointerEnter?: PointerEventHandler;
  readonly onPointerLeave?: PointerEventHandler;
  readonly onFocus?: FocusEventHandler;
  readonly onBlur?: FocusEventHandler;
}

const DELAY_MS = 300;
/** Time to get from the child to the words, which may be pointed at too (WCAG 1.4.13). */
const GRACE_MS = 150;

/** Words about what has the pointer or the focus. What matters has to stand elsewhere too: touch has no hover. */
export function Tooltip({
  text,
  children,
}: {
  readonly text: ReactNode;
  readonly children: ReactElement<ChildProps>;
}) {
  const id = useId();
  const anchor = `--t${id.replaceAll(/\W/g, '')}`;
  const [isOpen, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const later = (open: boolean, ms: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(open), ms);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setOpen(false);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isOpen]);
  return (
    <>
      {cloneElement(children, {
        'aria-describedby': isOpen ? id : undefined,
        style: { anchorName: anchor } as CSSProperties,
        onPointerEnter: () => later(true, DELAY_MS),
        onPointerLeave: () => later(false, GRACE_MS),
        onFocus: (event) => event.target.matches(':focus-visible') && later(true, 0),
        onBlur: () => later(false, 0),
      })}
      {isOpen && (
        <span
          ref={(element) => element?.showPopover()}
          id={id}
          role="tooltip"
          popover="manual"
          style={{ positionAnchor: anchor } as CSSProperties}
          className="anchored anchored-above max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-card shadow-raised forced-colors:border"
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={() => later(false, GRACE_MS)}
        >
          {text}
        </span>
      )}
    </>
  );
}
