import type { Page } from 'playwright-core';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { REGISTRARS } from '#registrars/index.ts';
import type { RunningSystem } from '#test/support/running-system.ts';
import { goTo, heading, openAs, visitPath, waitForState } from '#test/web/support/app.ts';
import { launchBrowser } from '#test/web/support/browser.ts';
import { connect, fillForm } from '#test/web/support/forms.ts';
import { readDocument, readKept } from '#test/web/support/storages.ts';
import type { Canaries } from './canaries.ts';

/** What a browser held after it was used. */
export interface Held {
  /** Documents of all pages with what their fields hold, storages, caches, cookies, addresses, console. */
  readonly used: Buffer;
  /** The same of a page in which a secret was left. */
  readonly planted: Buffer;
}

/**
 * Connects the account `canary` of every registrar by the app's forms in a real browser, replaces its credentials by ones that
 * are refused, looks at every page, and gives all that the browser holds then.
 * @param secret what the control leaves in a page's storage and in an attribute
 */
export async function useInBrowser(system: RunningSystem, refused: Canaries, secret: string): Promise<Held> {
  const browser = await launchBrowser();
  try {
    const { page, context, ...records } = await openAs(browser, system, 'bob', '/integrations');
    const said: string[] = [];
    context.on('console', (message) => said.push(message.text()));
    const held: string[] = [];
    const look = async () => void held.push(await readDocument(page), await readKept(page));
    const bob = await system.person('bob');
    for (const registrar of REGISTRAR_IDS) {
      const { name } = REGISTRARS[registrar];
      const card = await connect(page, system, { registrar, name, account: 'canary' });
      await look();
      await waitForState(card, 'Synced');
      const { id } = (await bob.all('/v1/integrations')).find((each) => each.registrar === registrar);
      await visitPath(page, `/integrations/${id}/credentials`, 'Update Credentials');
      await fillForm(page, refused[registrar]);
      await page.locator('form button[type="submit"]').click();
      await heading(page, 'Integrations').waitFor();
      await look();
    }
    await lookAround(page, look);
    const used = Buffer.from([...held, ...said, JSON.stringify(records)].join('\n'));
    await page.evaluate(`localStorage.setItem('planted', ${JSON.stringify(secret)})`);
    await page.evaluate(`document.body.setAttribute('data-planted', ${JSON.stringify(secret)})`);
    held.length = 0;
    await look();
    return { used, planted: Buffer.from(held.join('\n')) };
  } finally {
    await browser.close();
  }
}

async function lookAround(page: Page, look: () => Promise<void>): Promise<void> {
  for (const item of ['Dashboard', 'Integrations', 'Settings'] as const) {
    await goTo(page, item);
    await page.waitForLoadState('networkidle');
    await look();
  }
  await visitPath(page, '/integrations', 'Integrations');
  await look();
}
