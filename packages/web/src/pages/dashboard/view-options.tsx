import { COLUMN_IDS, type ColumnId, type DomainView } from '../../model/domain-view.ts';
import { Choices } from './choices.tsx';
import { COLUMNS } from './columns.tsx';
import type { ShowView } from './use-view.ts';

/** Which columns the list has, how close its lines are, and how it says dates. */
export function ViewOptions({ view, show }: { readonly view: DomainView; readonly show: ShowView }) {
  const hideable = COLUMN_IDS.filter((id) => id !== 'name');
  const setColumns = (chosen: readonly ColumnId[]): void => show({ ...view, columns: ['name', ...chosen] });
  return (
    <div className="flex flex-col gap-5">
      <Radio
        legend="Density"
        options={[
          ['comfortable', 'Comfortable'],
          ['compact', 'Compact'],
        ]}
        chosen={view.density}
        onChoose={(density) => show({ ...view, density })}
      />
      <Radio
        legend="Dates"
        options={[
          ['relative', 'Relative'],
          ['exact', 'Exact'],
        ]}
        chosen={view.dates}
        onChoose={(dates) => show({ ...view, dates })}
      />
      <Choices<ColumnId>
        legend="Columns"
        options={hideable.map((id) => [id, COLUMNS[id].label] as const)}
        chosen={view.columns ?? hideable}
        onChoose={setColumns}
      />
    </div>
  );
}

function Radio<T extends string>({
  legend,
  options,
  chosen,
  onChoose,
}: {
  readonly legend: string;
  readonly options: readonly (readonly [value: T, label: string])[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-semibold">{legend}</legend>
      {options.map(([value, label]) => (
        <label key={value} className="flex min-h-7 items-center gap-2 text-sm pointer-coarse:min-h-11">
          <input type="radio" name={legend} checked={chosen === value} onChange={() => onChoose(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
