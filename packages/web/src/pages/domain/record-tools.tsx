import { Braces, Copy, Download, Table } from 'lucide-react';
import type { Domain, DomainRecords } from '../../api/types.gen.ts';
import { toRecordsCsv } from '../../model/csv.ts';
import { toZoneFile } from '../../model/zone-file.ts';
import { Button } from '../../ui/button.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { toast } from '../../ui/toast.tsx';

interface Props {
  readonly domain: Domain;
  readonly records: DomainRecords;
  /** The registrar's name. */
  readonly registrar: string;
}

const ICON = 'size-4';

/** All records of the zone to take away: as a zone file, CSV or JSON. */
export function RecordTools({ domain, records: { dns, rrsets }, registrar }: Props) {
  const { name, nameServers } = domain;
  const toZone = (): string => toZoneFile({ name, nameServers, registrar, fetchedAt: dns.fetchedAt }, rrsets);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(toZone());
      toast('Zone copied.');
    } catch {
      // the browser's own settings can forbid it
      toast('The browser did not allow copying. Download the zone file instead.', 'error');
    }
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        small
        icon={<Download aria-hidden className={ICON} />}
        onClick={() => saveFile(`${name}.zone`, 'text/plain;charset=utf-8', toZone())}
      >
        Download zone file
      </Button>
      <Button small icon={<Copy aria-hidden className={ICON} />} onClick={() => void copy()}>
        Copy as BIND
      </Button>
      <Button
        small
        icon={<Table aria-hidden className={ICON} />}
        onClick={() => saveFile(`${name}-records.csv`, 'text/csv;charset=utf-8', toRecordsCsv(rrsets))}
      >
        CSV
      </Button>
      <Button
        small
        icon={<Braces aria-hidden className={ICON} />}
        onClick={() => saveFile(`${name}-records.json`, 'application/json', JSON.stringify(rrsets, null, 2))}
      >
        JSON
      </Button>
    </div>
  );
}
