import type { Step } from './story.ts';

const TRIES = 200;
const PAUSE_MS = 20;

export const pause = (ms = PAUSE_MS): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until `look` finds something. @throws Error after four seconds */
export async function waitFor<T>(what: string, look: () => T | undefined | null | false): Promise<T> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = look();
    if (found) return found;
    await pause();
  }
  throw new Error(`the story did not come to: ${what}`);
}

/** Does what leads a page to a state, as a person would, one after the other. */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    await pause();
    if ('click' in step) (await waitFor(`click ${step.click}`, () => findControl(step.click))).click();
    else if ('fill' in step) fill(await waitFor(`fill ${step.fill}`, () => findInput(step.fill)), step.with);
    else if ('goes' in step) goOffline();
    else press(step.key, step.ctrl ?? false);
  }
}

function findControl(name: string): HTMLElement | undefined {
  const all = document.querySelectorAll<HTMLElement>('button, a, summary, [role=option], input, label');
  return [...all].find((each) => each.checkVisibility() && toName(each) === name);
}

function findInput(name: string): HTMLInputElement | undefined {
  const all = document.querySelectorAll<HTMLInputElement>('input, textarea');
  return [...all].find(
    (each) =>
      each.checkVisibility() && [toName(each), ...[...(each.labels ?? [])].map(toName)].includes(name),
  );
}

function toName(element: HTMLElement): string {
  return element.getAttribute('aria-label') ?? element.textContent.trim();
}

/** As typing does: the setter that React replaced must not be the one that is called. */
function fill(input: HTMLInputElement, text: string): void {
  input.focus();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function goOffline(): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  window.dispatchEvent(new Event('offline'));
}

function press(key: string, ctrlKey: boolean): void {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
}
