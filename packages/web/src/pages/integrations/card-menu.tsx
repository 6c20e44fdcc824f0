import { useNavigate } from '@tanstack/react-router';
import { Copy, Ellipsis, List, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import type { Integration } from '../../api/types.gen.ts';
import { OFFLINE_REASON, useOnline } from '../../shell/online.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { copyText } from './actions.ts';

const ICON = 'size-4 shrink-0';

/** What is done with an integration less often. */
export function CardMenu({
  integration,
  name,
  onRename,
  onPause,
  onDelete,
}: {
  readonly integration: Integration;
  readonly name: string;
  readonly onRename: () => void;
  /** Pauses, or resumes where it is paused. */
  readonly onPause: () => void;
  readonly onDelete: () => void;
}) {
  const navigate = useNavigate();
  const isOff = !useOnline();
  const { id, paused, maskedId } = integration;
  const why = isOff && <span className="ml-auto pl-3 text-xs">{OFFLINE_REASON}</span>;
  return (
    <Menu
      trigger={
        <IconButton label={`More actions for ${name} (${maskedId})`} className="-mt-1 -mr-2 shrink-0">
          <Ellipsis aria-hidden className="size-4" />
        </IconButton>
      }
    >
      <MenuItem icon={<Pencil aria-hidden className={ICON} />} isOff={isOff} onChoose={onRename}>
        Rename label…{why}
      </MenuItem>
      <MenuItem
        icon={<List aria-hidden className={ICON} />}
        onChoose={() => void navigate({ to: '/', search: { integration: id } })}
      >
        View domains
      </MenuItem>
      <MenuItem icon={<Copy aria-hidden className={ICON} />} onChoose={() => void copyText(id)}>
        Copy ID
      </MenuItem>
      <MenuItem
        icon={paused ? <Play aria-hidden className={ICON} /> : <Pause aria-hidden className={ICON} />}
        isOff={isOff}
        onChoose={onPause}
      >
        {paused ? 'Resume syncing' : 'Pause syncing'}
        {why}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 aria-hidden className={ICON} />} isDangerous isOff={isOff} onChoose={onDelete}>
        Delete integration…{why}
      </MenuItem>
    </Menu>
  );
}
