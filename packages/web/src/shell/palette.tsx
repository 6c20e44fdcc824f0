import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { INPUT } from '../ui/field.tsx';
import { type PaletteItem, usePaletteGroups } from './palette-items.ts';
import { toNextOption } from './palette-keys.ts';
import { PaletteList, toOptionId } from './palette-list.tsx';

/** Goes to a page or a domain, or does something, by a few letters of its name. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [isOpen, setOpen] = useState(true);
  const chosen = useRef<PaletteItem>(undefined);
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      isOpen={isOpen}
      title="Search and commands"
      firstFocus={input}
      onClose={() => {
        // the focus is back where it was by now, and what was chosen may move it
        onClose();
        void chosen.current?.run();
      }}
    >
      <PaletteContent
        input={input}
        onClose={() => setOpen(false)}
        onChoose={(item) => {
          chosen.current = item;
          setOpen(false);
        }}
      />
    </Dialog>
  );
}

function PaletteContent({
  input,
  onClose,
  onChoose,
}: {
  readonly input: React.RefObject<HTMLInputElement | null>;
  readonly onClose: () => void;
  readonly onChoose: (item: PaletteItem) => void;
}) {
  const listId = useId();
  const [query, setQuery] = useState('');
  const [activeId, setActiveId] = useState<string>();
  const { groups, isLoading } = usePaletteGroups(query);
  const items = groups.flatMap((group) => group.items);
  // what was meant may be gone, or come again
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === activeId),
  );
  const active = items[at];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const next = toNextOption(event.key, at, items.length);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      // closed here, so that the focus goes back
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Enter' && active) onChoose(active);
    else if (next !== undefined) setActiveId(items[next]?.id);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="relative my-3">
        <Search aria-hidden className="pointer-events-none absolute top-3 left-3 size-4 text-quiet" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label="Search pages, actions and domains"
          aria-autocomplete="list"
          aria-expanded={items.length > 0}
          aria-controls={listId}
          aria-activedescendant={active && toOptionId(listId, active)}
          placeholder="Search pages, actions and domains"
          autoComplete="off"
          spellCheck={false}
          value={query}
          className={`${INPUT} pl-9`}
          onChange={(event) => {
            setQuery(event.target.value);
            setActiveId(undefined);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {/* as high whatever was found, so that the input stays where it is */}
      <div className="flex h-[50dvh] flex-col">
        <PaletteList
          id={listId}
          groups={groups}
          active={active}
          onPoint={({ id }) => setActiveId(id)}
          onChoose={onChoose}
        />
        <p role="status" className="text-quiet empty:hidden">
          {isLoading && 'Loading domains…'}
          {!isLoading && items.length === 0 && `No results for '${query.trim()}'.`}
        </p>
      </div>
    </>
  );
}
