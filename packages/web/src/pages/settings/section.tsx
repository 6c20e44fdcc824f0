import { type ReactNode, useId } from 'react';

/** A part of the settings under its heading; its rows are parted by lines. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-3 text-lg font-semibold">
        {title}
      </h2>
      <div className="divide-y divide-line rounded-card border border-line bg-card px-5 shadow-card">
        {children}
      </div>
    </section>
  );
}

/** One thing with what it is for, and at the right what is pressed. */
export function Row({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-4">
      <div className="min-w-0 flex-[1_1_18rem]">
        <h3 className="font-medium">{title}</h3>
        <div className="text-sm text-quiet">{text}</div>
      </div>
      {children}
    </div>
  );
}
