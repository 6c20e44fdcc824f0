import {
  type CSSProperties,
  cloneElement,
  type ReactElement,
  type ReactNode,
  useId,
  useRef,
  useState,
} from 'react';
import { cx } from './class-names.ts';

/** What a trigger is given: every button of ours passes these on. */
interface TriggerProps {
  readonly popoverTarget?: string;
  readonly 'aria-haspopup'?: 'menu' | 'dialog';
  readonly 'aria-expanded'?: boolean;
  readonly style?: CSSProperties;
}

interface Props {
  readonly trigger: ReactElement<TriggerProps>;
  readonly role: 'menu' | 'dialog';
  /** Name of the panel, where its trigger's name is not enough. */
  readonly label?: string;
  readonly place: 'start' | 'end';
  readonly className?: string;
  /** The panel is open now, and its content is there. */
  readonly onOpen?: (panel: HTMLElement) => void;
  readonly onKeyDown?: (event: React.KeyboardEvent<HTMLElement>) => void;
  readonly children: ReactNode;
}

/**
 * A panel beside its trigger, by the platform's own `popover` and CSS anchors: it lies over everything, and Escape or a
 * press beside it closes it. Its content is there only while it is open.
 */
export function Anchored({ trigger, role, label, place, className, onOpen, onKeyDown, children }: Props) {
  const id = useId();
  const anchor = `--a${id.replaceAll(/\W/g, '')}`;
  const [isOpen, setOpen] = useState(false);
  const ref = useRef<HTMLDivElement>(null);
  return (
    <>
      {cloneElement(trigger, {
        popoverTarget: id,
        'aria-haspopup': role,
        'aria-expanded': isOpen,
        style: { anchorName: anchor } as CSSProperties,
      })}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: menus listen for their arrows here */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a name */}
      <div
        ref={ref}
        id={id}
        popover="auto"
        role={role}
        aria-label={label}
        style={{ positionAnchor: anchor } as CSSProperties}
        className={cx(
          'anchored max-h-[min(28rem,70dvh)] overflow-auto rounded-control border border-line bg-card text-ink shadow-raised',
          place === 'end' ? 'anchored-end' : 'anchored-start',
          className,
        )}
        onBeforeToggle={(event) => event.newState === 'open' && setOpen(true)}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open' && ref.current) onOpen?.(ref.current);
        }}
        onKeyDown={onKeyDown}
      >
        {isOpen && children}
      </div>
    </>
  );
}
