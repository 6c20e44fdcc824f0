import type { ComponentProps, ReactNode } from 'react';
import { Anchored } from './anchored.tsx';

/** A small panel beside its button: filters, columns. */
export function Popover({
  trigger,
  label,
  children,
}: Pick<ComponentProps<typeof Anchored>, 'trigger'> & {
  /** Name of the panel. */
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <Anchored trigger={trigger} role="dialog" label={label} place="start" className="min-w-56 p-3">
      {children}
    </Anchored>
  );
}
