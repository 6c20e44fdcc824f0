import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names.ts';
import { Spinner } from './spinner.tsx';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';

const LOOKS: Readonly<Record<Look, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  secondary: 'bg-card text-ink border-line hover:bg-hover',
  quiet: 'text-ink border-transparent hover:bg-hover',
  danger: 'bg-bad-solid text-on-accent border-transparent hover:brightness-90',
};

function toClasses(look: Look, isSmall: boolean, more: string | undefined): string {
  return cx(
    'inline-flex items-center justify-center gap-2 rounded-control border font-medium whitespace-nowrap select-none transition-colors',
    'aria-disabled:opacity-55 disabled:opacity-55 aria-disabled:cursor-not-allowed',
    'pointer-coarse:min-h-11',
    isSmall ? 'min-h-8 px-2.5 text-sm' : 'min-h-10 px-4',
    LOOKS[look],
    more,
  );
}

interface Props extends Omit<ComponentProps<'button'>, 'disabled'> {
  readonly look?: Look;
  readonly small?: boolean;
  /** Work is under way: shows it, and takes no second press. */
  readonly busy?: boolean;
  /** Why it can't be pressed now. It stays focusable, so that the reason can be heard. */
  readonly blocked?: boolean;
  readonly icon?: ReactNode;
}

/** What is pressed. `type` is `button` unless said otherwise. */
export function Button({
  look = 'secondary',
  small = false,
  busy = false,
  blocked = false,
  icon,
  className,
  children,
  onClick,
  ...props
}: Props) {
  const isOff = busy || blocked;
  return (
    <button
      type="button"
      {...props}
      className={toClasses(look, small, className)}
      aria-disabled={isOff || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => (isOff ? event.preventDefault() : onClick?.(event))}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  look = 'secondary',
  small = false,
  icon,
  className,
  children,
  ...props
}: LinkProps & {
  readonly look?: Look;
  readonly small?: boolean;
  readonly icon?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <Link {...props} className={toClasses(look, small, className)}>
      {icon}
      {children}
    </Link>
  );
}

/** A square button with an icon; its label is heard, and shown as a tooltip by the browser. */
export function IconButton({
  label,
  className,
  children,
  ...props
}: Omit<ComponentProps<'button'>, 'aria-label'> & { readonly label: string }) {
  return (
    <button
      type="button"
      {...props}
      aria-label={label}
      title={label}
      className={cx(
        'inline-grid size-8 place-items-center rounded-control text-quiet hover:bg-hover hover:text-ink pointer-coarse:size-11',
        className,
      )}
    >
      {children}
    </button>
  );
}
