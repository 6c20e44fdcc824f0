import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';
import { goTo, heading, openAs, readFigure, visitPath, waitForState } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { connect, readFields } from '../support/forms.ts';
import { inOrder, readLines, readRecords, toShown } from '../support/pages.ts';
import { expectClean, type Visit } from '../support/visit.ts';

const DEMO_SIZE = 10;

/** What each form asks for: the label, and whether it is hidden. */
const REGISTRARS = [
  [
    'godaddy',
    'GoDaddy',
    [
      ['API Key', false],
      ['API Secret', true],
      ['Customer ID', false],
    ],
  ],
  [
    'namecheap',
    'Namecheap',
    [
      ['Username', false],
      ['API Key', true],
    ],
  ],
  ['gandi', 'Gandi', [['API Token', true]]],
  [
    'porkbun',
    'Porkbun',
    [
      ['API Key', false],
      ['Secret API Key', true],
    ],
  ],
  [
    'namecom',
    'Name.com',
    [
      ['Username', false],
      ['API Token', true],
    ],
  ],
] as const;

let system: RunningSystem;
let browser: Browser;
const visits = new Map<string, Visit>();

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const toPage = (registrar: string) => {
  const visit = visits.get(registrar);
  if (!visit) throw new Error(`nobody signed in for ${registrar}`);
  return visit.page;
};

describe.each(REGISTRARS)('%s', (registrar, name, fields) => {
  test('R3, R16 to R22: its form asks for exactly its fields, in order, secrets hidden, a hint at each', async () => {
    visits.set(registrar, await openAs(browser, system, `user-of-${registrar}`, '/integrations/new'));
    const page = toPage(registrar);
    await page.getByRole('link', { name, exact: true }).click();
    await heading(page, `Connect ${name}`).waitFor();
    await page.getByRole('textbox').first().waitFor();

    const found = await readFields(page);
    expect(found.map(({ label, type }) => [label, type])).toEqual(
      fields.map(([label, isSecret]) => [label, isSecret ? 'password' : 'text']),
    );
    expect(found.filter(({ hint, autocomplete }) => hint === '' || autocomplete !== 'off')).toEqual([]);
  });

  test('R3, R19, R40, R42, R53, R55: connects, syncs, and its card and the dashboard have all its domains', async () => {
    const page = toPage(registrar);
    const { domains } = await system.truth(registrar, 'demo-10');
    const card = await connect(page, system, { registrar, name, account: 'demo-10' });
    await waitForState(card, 'Synced');

    const figures = await Promise.all(
      ['Total Domains', 'Expiring Soon', 'Active', 'Expired'].map((label) => readFigure(card, label)),
    );
    const [total = 0, soon = 0, active = 0, expired = 0] = figures;
    expect([total, soon + active + expired]).toEqual([DEMO_SIZE, DEMO_SIZE]);
    await goTo(page, 'Dashboard');
    await page.getByRole('table', { name: 'Domains' }).waitFor();
    const lines = await readLines(page);
    expect(inOrder(lines.map((line) => [line.Domain, line['Auto-renew'], line.Lock, line.Privacy]))).toEqual(
      inOrder(
        domains.map(({ unicodeName, autoRenew, locked, privacy }: TrueDomain) => [
          unicodeName,
          ...[autoRenew, locked, privacy].map(toWord),
        ]),
      ),
    );
    expect(lines.filter((line) => line.Status === 'Active')).toHaveLength(active);
    expect(lines.filter((line) => line.Status === 'Expired')).toHaveLength(expired);
  });

  test('R33, R44: a domain has the records of the truth, and one whose DNS is elsewhere says where', async () => {
    const page = toPage(registrar);
    const { domains, records } = await system.truth(registrar, 'demo-10');
    const here = domains.find(({ dns }: TrueDomain) => dns.status === 'FETCHED');
    const elsewhere = domains.find(({ dns }: TrueDomain) => dns.status === 'ELSEWHERE');

    await visitPath(page, `/domains/${here.name}?tab=records`, new RegExp(`^${here.unicodeName}`));
    expect(inOrder(await readRecords(page))).toEqual(inOrder(toShown(records[here.name], here.name)));
    await visitPath(page, `/domains/${elsewhere.name}?tab=records`, new RegExp(`^${elsewhere.unicodeName}`));
    await page.getByText(`No DNS records at ${name}.`).waitFor();
    expect(await page.getByRole('table', { name: 'DNS records' }).count()).toBe(0);
  });

  test('its pages broke no policy, threw nothing and asked nobody else', async () => {
    const visit = visits.get(registrar);
    if (visit) await expectClean(visit);
    expect(visit?.failedRequests).toEqual([]);
    await visit?.close();
  });
});

interface TrueDomain {
  readonly name: string;
  readonly unicodeName: string;
  readonly autoRenew: boolean | null;
  readonly locked: boolean | null;
  readonly privacy: boolean | null;
  readonly dns: { readonly status: string };
}

function toWord(value: boolean | null): string {
  return value === null ? 'Unknown' : value ? 'On' : 'Off';
}
