import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';

export const INPUT =
  'w-full min-h-10 rounded-control border border-line-strong bg-card px-3 text-ink placeholder:text-quiet aria-invalid:border-bad pointer-coarse:min-h-11';

/** A labelled input with its hint and, where it is wrong, what is wrong. `children` stand inside at the right. */
export function Field({
  label,
  hint,
  problem,
  className,
  children,
  optional = false,
  ...props
}: Omit<ComponentProps<'input'>, 'id'> & {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly optional?: boolean;
  readonly children?: ReactNode;
}) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, problem !== undefined && `${id}-problem`].filter(
    Boolean,
  );
  return (
    <div className={cx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="font-medium">
        {label}
        {optional && <span className="font-normal text-quiet"> (optional)</span>}
      </label>
      <div className="flex gap-2">
        <input
          autoComplete="off"
          spellCheck={false}
          {...props}
          id={id}
          className={INPUT}
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={described.length > 0 ? described.join(' ') : undefined}
        />
        {children}
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-quiet">
          {hint}
        </p>
      )}
      {problem !== undefined && (
        <p id={`${id}-problem`} className="text-sm font-medium text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}
