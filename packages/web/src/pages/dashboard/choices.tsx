/** Boxes to tick, any number of them; none ticked lets everything through. */
export function Choices<T extends string>({
  legend,
  options,
  chosen,
  onChoose,
}: {
  readonly legend: string;
  readonly options: readonly (readonly [value: T, label: string])[];
  readonly chosen: readonly T[];
  readonly onChoose: (chosen: readonly T[]) => void;
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-semibold">{legend}</legend>
      <div className="flex max-h-40 flex-col overflow-y-auto">
        {options.map(([value, label]) => (
          <label key={value} className="flex min-h-7 items-center gap-2 text-sm pointer-coarse:min-h-11">
            <input
              type="checkbox"
              className="size-4 shrink-0"
              checked={chosen.includes(value)}
              onChange={(event) =>
                onChoose(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
              }
            />
            <bdi className="truncate">{label}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
