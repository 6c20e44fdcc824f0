import { type Figure, isGood } from './figure.ts';
import type { Measured } from './processes.ts';

/** A line of JSON for each figure. */
export function toJson({ figures }: Measured): string {
  return figures.map((figure) => `${JSON.stringify(figure)}\n`).join('');
}

const HEAD = ['figure', 'value', 'bound', 'ratio', '', 'control'];

function toCells(figure: Figure): readonly string[] {
  const { bound, ratio, control } = figure;
  return [
    figure.figure,
    String(figure.value),
    bound === null ? '' : String(bound),
    ratio === null ? '' : ratio.toFixed(3),
    isGood(figure) ? 'ok' : 'MISS',
    control ? `${control.value} ${control.caught ? 'caught' : 'NOT CAUGHT'}` : '',
  ];
}

/** A table for people. */
export function toTable({ name, about, figures, seconds }: Measured): string {
  const rows = [HEAD, ...figures.map(toCells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isNumber = (column: number) => column > 0 && column < 4;
  const toLine = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return `\n${name} (${seconds.toFixed(0)} s): ${about}\n${rows.map((row) => `  ${toLine(row)}\n`).join('')}`;
}

/** The same table as Markdown, for docs/performance.md. */
export function toMarkdown({ name, figures }: Measured): string {
  const rows = [
    HEAD.map((title) => title || 'held'),
    ['---', '---:', '---:', '---:', '---', '---'],
    ...figures.map(toCells),
  ];
  return `\n### ${name}\n\n${rows.map((row) => `| ${row.join(' | ')} |\n`).join('')}`;
}
