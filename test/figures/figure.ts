/** One measured figure: printed as one line of JSON, or as one row of the table for people. */
export interface Figure {
  /** Dotted, the group first: `calls.godaddy.1000`. */
  readonly figure: string;
  readonly value: number;
  /** What the value is held against; null where it depends on the machine, and is only told. */
  readonly bound: number | null;
  /** Value ÷ bound; the value itself where the bound is 0; null without one. */
  readonly ratio: number | null;
  readonly ok: boolean;
  /** The same measurement of something that must fail it: a benchmark that passes everything proves nothing. */
  readonly control?: { readonly value: number; readonly caught: boolean };
}

/** Figures that are measured together. */
export interface Group {
  /** The first part of its figures' names, and what `--only` takes. */
  readonly name: string;
  /** One sentence for people, above the table. */
  readonly about: string;
  /** Measures and tells each figure as soon as it is known. What it throws fails the whole command. */
  measure(tell: (figure: Figure) => void): Promise<void>;
}

/** A control: the value that the sabotaged variant gave, and whether the bound caught it. */
export type Control = NonNullable<Figure['control']>;

const round = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(6)));

function toFigure(figure: string, value: number, bound: number, ok: boolean, control?: Control): Figure {
  const ratio = bound === 0 ? value : value / bound;
  return {
    figure,
    value: round(value),
    bound: round(bound),
    ratio: round(ratio),
    ok,
    ...(control && { control: { value: round(control.value), caught: control.caught } }),
  };
}

/** A figure that nothing is held against: seconds of this machine, and how much it does in one. */
export function told(figure: string, value: number): Figure {
  return { figure, value: round(value), bound: null, ratio: null, ok: Number.isFinite(value) };
}

/** A figure that may not exceed its bound. */
export function atMost(figure: string, value: number, bound: number, control?: Control): Figure {
  return toFigure(figure, value, bound, value <= bound, control);
}

/** A figure that may not fall below its bound. */
export function atLeast(figure: string, value: number, bound: number, control?: Control): Figure {
  return toFigure(figure, value, bound, value >= bound, control);
}

/** A figure that must be its bound. */
export function exactly(figure: string, value: number, bound: number, control?: Control): Figure {
  return toFigure(figure, value, bound, value === bound, control);
}

/** A figure that may exceed its bound by a factor: what can't be beaten, and how near to it is near enough. */
export function within(
  figure: string,
  value: number,
  bound: number,
  factor: number,
  control?: Control,
): Figure {
  return toFigure(figure, value, bound, value <= bound * factor, control);
}

/** Figures are good when their own bound holds and their control was caught. */
export function isGood({ ok, control }: Figure): boolean {
  return ok && control?.caught !== false;
}
