/** A registrar's initial on a tile of its own shade: decoration beside its name. */
export function RegistrarMark({ name, large = false }: { readonly name: string; readonly large?: boolean }) {
  return (
    <span
      aria-hidden
      className={`inline-grid shrink-0 place-items-center rounded-control bg-accent-soft font-semibold text-accent-ink ${large ? 'size-10 text-lg' : 'size-9'}`}
    >
      {name.slice(0, 1)}
    </span>
  );
}
