import { toWords } from '../../api/problem.ts';
import { useExport } from '../../data/account.ts';
import { OFFLINE_REASON, useOnline } from '../../shell/online.ts';
import { Button } from '../../ui/button.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { toast } from '../../ui/toast.tsx';
import { Row } from './section.tsx';

/** All that is kept of the person, as one file. */
export function ExportEverything() {
  const { mutate, isPending } = useExport();
  const isOnline = useOnline();
  const start = (): void =>
    mutate(undefined, {
      onSuccess: (whole) => {
        const day = whole.exportedAt.slice(0, 10);
        saveFile(`domain-collective-${day}.json`, 'application/json', JSON.stringify(whole, null, 2));
        toast('Everything was exported.');
      },
      onError: (error) => toast(`Nothing was exported. ${toWords(error).detail}`, 'error'),
    });
  return (
    <Row
      title="Export everything"
      text="Integrations, syncs, domains, DNS records and settings as one JSON file. Credentials are never part of it."
    >
      <Button
        busy={isPending}
        blocked={!isOnline}
        title={isOnline ? undefined : OFFLINE_REASON}
        onClick={start}
      >
        {isPending ? 'Exporting…' : 'Export everything'}
      </Button>
    </Row>
  );
}
