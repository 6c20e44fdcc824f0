import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';

/** Rows that are drawn beyond each edge of the window, so that a turn of the wheel finds them there. */
const BEYOND = 8;
/** The range moves by this many rows: a list isn't drawn anew for each pixel. */
const STEP = 4;

interface Options {
  readonly list: RefObject<HTMLElement | null>;
  readonly count: number;
  /** Height of every row, in rem: it grows with the text. */
  readonly rem: number;
  /** A row that stays wherever the window is: it may have the focus. */
  readonly pinned?: number;
}

/** A row to draw, and how far below the top of the list it is. */
interface PlacedRow {
  readonly index: number;
  readonly top: string;
}

/**
 * Which rows of a long list are near the window, all being equally high. The list has to be as high as all of them:
 * `height`.
 */
export function useRowWindow({ list, count, rem, pinned }: Options): {
  readonly rows: readonly PlacedRow[];
  readonly height: string;
} {
  const [range, setRange] = useState({ first: 0, end: 0 });
  const look = useCallback((): void => {
    const top = list.current?.getBoundingClientRect().top;
    if (top === undefined) return;
    const next = toRange(-top / (rem * readRem()), window.innerHeight / (rem * readRem()));
    setRange((former) => (former.first === next.first && former.end === next.end ? former : next));
  }, [list, rem]);
  useLayoutEffect(look, [look]);
  useEffect(() => {
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    // what stands above the list may grow
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    return () => {
      removeEventListener('scroll', look);
      removeEventListener('resize', look);
      observer.disconnect();
    };
  }, [look]);
  const first = Math.min(range.first, Math.max(0, count - 1));
  const indices = Array.from(
    { length: Math.max(0, Math.min(range.end, count) - first) },
    (_, at) => first + at,
  );
  if (pinned !== undefined && pinned < count) {
    if (pinned < first) indices.unshift(pinned);
    else if (pinned >= range.end) indices.push(pinned);
  }
  return {
    rows: indices.map((index) => ({ index, top: `${index * rem}rem` })),
    height: `${count * rem}rem`,
  };
}

/** In rows: `above` of them are over the upper edge of the window, which is `inWindow` of them high. */
function toRange(above: number, inWindow: number): { readonly first: number; readonly end: number } {
  const first = Math.floor((above - BEYOND) / STEP) * STEP;
  const end = Math.ceil((above + inWindow + BEYOND) / STEP) * STEP;
  return { first: Math.max(0, first), end: Math.max(0, end) };
}

const readRem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
