import type { Page } from 'playwright-core';

/** What has the focus, as the browser tells it to assistive technology. */
export interface Focused {
  /** `button`, `link`, `textbox`, `heading`; `RootWebArea` where nothing has the focus. */
  readonly role: string;
  readonly name: string;
}

/** Role and accessible name of the focused element, out of the browser's own accessibility tree. */
export async function focusedName(page: Page): Promise<Focused> {
  const session = await page.context().newCDPSession(page);
  try {
    const { result } = await session.send('Runtime.evaluate', { expression: FOCUSED });
    if (result.objectId === undefined) throw new Error('the page has no document yet');
    const { nodes } = await session.send('Accessibility.getPartialAXTree', {
      objectId: result.objectId,
      fetchRelatives: false,
    });
    return { role: String(nodes[0]?.role?.value ?? ''), name: String(nodes[0]?.name?.value ?? '') };
  } finally {
    await session.detach();
  }
}

const FOCUSED = `(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element === null || element === document.body ? document : element;
})()`;

export interface TabOptions {
  /** Also asks for this role. */
  readonly role?: string;
  readonly backwards?: boolean;
}

/**
 * Presses Tab until something of this accessible name has the focus, `max` times at most; gives all that had it on the
 * way, the last being the one looked for. A text has to be the whole name.
 * @throws Error with the way that was gone.
 */
export async function tabTo(
  page: Page,
  name: string | RegExp,
  max = 60,
  { role, backwards = false }: TabOptions = {},
): Promise<Focused[]> {
  const way: Focused[] = [];
  while (way.length < max) {
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
    const focused = await focusedName(page);
    way.push(focused);
    const isName = typeof name === 'string' ? focused.name === name : name.test(focused.name);
    if (isName && (role === undefined || focused.role === role)) return way;
  }
  const names = way.map((each) => `${each.role} "${each.name}"`).join('\n');
  throw new Error(`${max} times Tab did not lead to ${String(name)}:\n${names}`);
}
