import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';

/** A line of the dashboard's table: what each column says, by the column's name. */
export type Line = Readonly<Record<string, string>>;

const LINES = `(() => {
  const table = document.querySelector('[role=table][aria-label=Domains]');
  if (table === null) return [];
  const heads = [...table.querySelectorAll('[role=columnheader]')].map((head) => head.innerText.trim());
  return [...table.querySelectorAll('[role=row][aria-rowindex]')].slice(1).map((row) =>
    Object.fromEntries([...row.querySelectorAll('[role=cell]')].map((cell, index) => [
      heads[index],
      cell.querySelector('bdi')?.textContent ?? cell.innerText.trim(),
    ])),
  );
})()`;

/** The lines of the dashboard's table, in their order. Only those near the window are in the page: make it tall. */
export async function readLines(page: Page): Promise<readonly Line[]> {
  return page.evaluate(LINES);
}

/** The names that the dashboard's table shows, in their order. */
export async function readNames(page: Page): Promise<readonly string[]> {
  return (await readLines(page)).map((line) => line.Domain ?? '');
}

/** A record as the page shows it, its priority put before its value as the registrar's truth has it. */
export interface ShownRecord {
  readonly type: string;
  readonly name: string;
  readonly rdata: string;
  readonly ttl: string;
}

const RECORDS = `[...document.querySelectorAll('main table tbody tr')].map((row) => {
  const [type, name, value, ttl, priority] = [...row.children].map(
    (cell) => cell.querySelector('bdi')?.textContent ?? cell.querySelector('[tabindex]')?.textContent ?? cell.textContent,
  );
  return { type, name, rdata: priority === '–' ? value : priority + ' ' + value, ttl };
})`;

/** The records in the table of a domain's page, in their order. */
export async function readRecords(page: Page): Promise<readonly ShownRecord[]> {
  await page.getByRole('table', { name: 'DNS records' }).waitFor();
  return page.evaluate(RECORDS);
}

interface TrueRrset {
  readonly name: string;
  readonly type: string;
  readonly ttl: number | null;
  readonly records: readonly string[];
  readonly pseudo?: { readonly kind: string; readonly value: string };
}

/** The records that a simulator has, as the page has to show them: in no order. */
export function toShown(rrsets: readonly TrueRrset[], domain: string): readonly ShownRecord[] {
  return rrsets.flatMap(({ name, type, ttl, records, pseudo }) => {
    const own = name === `${domain}.` ? '@' : name.slice(0, -`.${domain}.`.length);
    const shared = { name: own, ttl: toTtl(ttl) };
    return [
      ...records.map((rdata) => ({ type, rdata, ...shared })),
      ...(pseudo ? [{ type: pseudo.kind, rdata: pseudo.value, ...shared }] : []),
    ];
  });
}

function toTtl(seconds: number | null): string {
  if (seconds === null) return 'Automatic';
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
  ] as const;
  const [unit, size] = units.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['s', 1];
  return `${seconds / size} ${unit}`;
}

/** Sorts records, or anything else that JSON can say: to compare what has no order. */
export function inOrder<T>(items: readonly T[]): readonly T[] {
  const keyed = items.map(
    (item) => [JSON.stringify(item, Object.keys(item as object).sort()), item] as const,
  );
  return keyed.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}

/** Presses something that downloads a file; gives its name and text. */
export async function download(page: Page, control: Locator): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), control.click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}
