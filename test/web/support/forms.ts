import type { Locator, Page } from 'playwright-core';
import type { RunningSystem } from '#test/support/running-system.ts';
import { card, goTo, heading } from './app.ts';

/** A field for a part of the credentials, as it stands in the page. */
export interface FormField {
  readonly label: string;
  readonly type: string;
  readonly autocomplete: string;
  readonly hint: string;
}

const FIELDS = `[...document.querySelectorAll('form input[name]:not([type=radio])')].map((input) => ({
  label: input.labels[0].innerText,
  type: input.type,
  autocomplete: input.autocomplete,
  hint: document.getElementById(input.getAttribute('aria-describedby').split(' ')[0]).innerText,
}))`;

/** The credential fields of the form that is open, in their order. */
export async function readFields(page: Page): Promise<readonly FormField[]> {
  return page.evaluate(FIELDS);
}

/** Credentials of a simulator's account, by the names of the fields. All are fake. */
export async function readCredentials(
  system: RunningSystem,
  registrar: string,
  accountId: string,
): Promise<Readonly<Record<string, string>>> {
  return (await system.tell('GET', `${registrar}/accounts/${accountId}`)).credentials;
}

/** Fills a form in: by the names of its fields, and `label`; the account is one of the simulator. */
export async function fillForm(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  // without the simulator's environment the credentials would go to the registrar itself
  await page.locator('form').waitFor();
  const simulator = page.getByRole('radio', { name: 'Simulator' });
  if ((await simulator.count()) > 0) await simulator.check();
  for (const [name, value] of Object.entries(values)) {
    const field =
      name === 'label'
        ? page.getByRole('textbox', { name: 'Label (optional)' })
        : page.locator(`input[name="${name}"]`);
    await field.fill(value);
  }
}

/** Connects a demo account by the form; gives its card. */
export async function connect(
  page: Page,
  system: RunningSystem,
  { registrar, name, account, label }: { registrar: string; name: string; account: string; label?: string },
): Promise<Locator> {
  await goTo(page, 'Integrations');
  await page.getByRole('link', { name: 'Add New Integration' }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await heading(page, `Connect ${name}`).waitFor();
  await fillForm(page, {
    ...(await readCredentials(system, registrar, account)),
    ...(label !== undefined && { label }),
  });
  await page.getByRole('button', { name: 'Add Integration' }).click();
  await heading(page, 'Integrations').waitFor();
  return card(page, name, label);
}
