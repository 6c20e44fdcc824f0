import { formatTtl } from '../../model/dates.ts';
import type { RecordRow } from '../../model/records.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useMediaQuery } from '../../ui/use-media-query.ts';

interface Props {
  readonly rows: readonly RecordRow[];
}

/** The records as a table; as cards where there is no room for one. */
export function RecordTable({ rows }: Props) {
  return useMediaQuery('(width < 40rem)') ? <Cards rows={rows} /> : <Table rows={rows} />;
}

const HEAD = 'px-4 py-2.5 text-left text-sm font-medium text-quiet whitespace-nowrap';
const CELL = 'px-4 py-2 align-top';

function Table({ rows }: Props) {
  return (
    <div className="overflow-x-auto rounded-card border border-line bg-card shadow-card">
      <table className="w-full border-collapse">
        <caption className="sr-only">DNS records</caption>
        <thead className="border-line border-b">
          <tr>
            {['Type', 'Name', 'Value', 'TTL', 'Priority'].map((title) => (
              <th key={title} scope="col" className={HEAD}>
                {title}
              </th>
            ))}
            <th scope="col" className={HEAD}>
              <span className="sr-only">Copy</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={row.id} className="hover:bg-hover">
              <td className={`${CELL} font-medium`}>{row.type}</td>
              <th scope="row" className={`${CELL} min-w-44 max-w-60 text-left font-normal break-all`}>
                <bdi>{row.name}</bdi>
              </th>
              <td className={CELL}>
                <Value row={row} />
              </td>
              <td className={`${CELL} whitespace-nowrap`}>
                <Ttl seconds={row.ttl} />
              </td>
              <td className={CELL}>{row.priority ?? <span className="text-quiet">–</span>}</td>
              <td className={`${CELL} py-1.5`}>
                <CopyButton text={row.value} what={`value of ${row.type} ${row.name}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ rows }: Props) {
  return (
    <ul className="flex flex-col gap-2" aria-label="DNS records">
      {rows.map((row) => (
        <li key={row.id} className="rounded-card border border-line bg-card p-4 shadow-card">
          <div className="flex items-start justify-between gap-2">
            <p className="min-w-0 break-all">
              <span className="font-medium">{row.type}</span> <bdi>{row.name}</bdi>
            </p>
            <CopyButton text={row.value} what={`value of ${row.type} ${row.name}`} />
          </div>
          <div className="mt-1">
            <Value row={row} />
          </div>
          <p className="mt-2 text-sm text-quiet">
            TTL <Ttl seconds={row.ttl} />
            {row.priority !== null && ` · Priority ${row.priority}`}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Value({ row }: { readonly row: RecordRow }) {
  return (
    <>
      <bdi className="font-mono text-sm break-all">{row.value}</bdi>
      {row.note !== null && <span className="block text-xs text-quiet">{row.note}</span>}
    </>
  );
}

/** The seconds have to be within reach of the keyboard, too (WCAG 1.4.13). */
const FOCUSABLE = { tabIndex: 0 };

function Ttl({ seconds }: { readonly seconds: number | null }) {
  if (seconds === null) return <span className="text-quiet">Automatic</span>;
  return (
    <Tooltip text={`${seconds.toLocaleString('en-US')} ${seconds === 1 ? 'second' : 'seconds'}`}>
      <span
        {...FOCUSABLE}
        className="rounded-sm underline decoration-line decoration-dotted underline-offset-4"
      >
        {formatTtl(seconds)}
      </span>
    </Tooltip>
  );
}
