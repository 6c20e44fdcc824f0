import { toCsv, toCsvFileName } from '../../model/csv.ts';
import type { DomainRow } from '../../model/domain-row.ts';
import type { Names } from '../../model/words.ts';
import { saveFile } from '../../ui/save-file.ts';

/** Saves these rows, as they are and in their order, as a CSV file of today. */
export function saveCsv(rows: readonly DomainRow[], names: Names): void {
  saveFile(toCsvFileName(Date.now()), 'text/csv;charset=utf-8', toCsv(rows, names));
}
