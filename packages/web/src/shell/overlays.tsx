import { Palette } from './palette.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import type { Overlay } from './shortcuts.ts';

/** What opens over any page by a key: the palette, and the list of keys. Loaded when it is first wanted. */
export function Overlays({ open, onClose }: { readonly open: Overlay; readonly onClose: () => void }) {
  return open === 'palette' ? <Palette onClose={onClose} /> : <ShortcutSheet onClose={onClose} />;
}
