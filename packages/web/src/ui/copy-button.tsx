import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cx } from './class-names.ts';
import { announce } from './live-region.tsx';

/** Copies a text. `what` is part of its name: "Copy nameservers". */
export function CopyButton({
  text,
  what,
  className,
}: {
  readonly text: string;
  readonly what: string;
  readonly className?: string;
}) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const label = isCopied ? 'Copied' : `Copy ${what}`;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        'inline-grid size-7 shrink-0 place-items-center rounded-md text-quiet hover:bg-hover hover:text-ink pointer-coarse:size-11',
        className,
      )}
      onClick={async () => {
        await navigator.clipboard.writeText(text);
        setCopied(true);
        announce('Copied');
      }}
    >
      {isCopied ? (
        <Check aria-hidden className="size-4 text-good" />
      ) : (
        <Copy aria-hidden className="size-4" />
      )}
    </button>
  );
}
