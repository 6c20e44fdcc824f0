import { Dialog } from '../ui/dialog.tsx';
import { type Overlay, SHORTCUTS } from './shortcuts.ts';

/** What opens over any page by a key: the palette, and the list of keys. Loaded when it is first wanted. */
export function Overlays({ open, onClose }: { readonly open: Overlay; readonly onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={open === 'palette' ? 'Search and commands' : 'Keyboard shortcuts'}
    >
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
        {SHORTCUTS.map(({ keys, does }) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded border border-line bg-sunken px-1.5 py-0.5 font-mono text-xs">
                {keys}
              </kbd>
            </dt>
            <dd className="text-quiet">{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
