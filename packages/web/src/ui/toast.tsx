import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';

interface ToastData {
  readonly id: number;
  readonly text: string;
  readonly kind: 'success' | 'error';
}

const SHOWN_MS = 6000;
let toasts: readonly ToastData[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly ToastData[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Tells how an action of just now ended. Errors stay until they are closed. */
export function toast(text: string, kind: ToastData['kind'] = 'success'): void {
  lastId += 1;
  set([...toasts, { id: lastId, text, kind }]);
}

/** Where toasts appear. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className="pointer-events-none fixed right-4 bottom-4 z-60 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2">
      {shown.map((each) => (
        <Toast key={each.id} {...each} />
      ))}
    </div>
  );
}

/** Goes by itself after a while, but not while the pointer or the focus is on it. */
function Toast({ id, text, kind }: ToastData) {
  const [isHeld, setHeld] = useState(false);
  const close = (): void => set(toasts.filter((each) => each.id !== id));
  useEffect(() => {
    if (isHeld || kind === 'error') return;
    const timer = setTimeout(() => set(toasts.filter((each) => each.id !== id)), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, isHeld, kind]);
  const Icon = kind === 'error' ? CircleAlert : CircleCheck;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done by these events but to wait
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      className="pointer-events-auto flex items-center gap-3 rounded-control border border-line bg-card p-3 shadow-raised"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon aria-hidden className={`size-5 shrink-0 ${kind === 'error' ? 'text-bad' : 'text-good'}`} />
      <p className="grow text-sm font-medium">{text}</p>
      <button
        type="button"
        aria-label="Close"
        onClick={close}
        className="inline-grid size-7 place-items-center rounded-md text-quiet hover:bg-hover pointer-coarse:size-11"
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}
