import axe from 'axe-core';
import type { CDPSession, Page } from 'playwright-core';

/** A rule that elements of a page break. */
export interface AccessibilityFault {
  readonly rule: string;
  readonly impact: string;
  readonly help: string;
  readonly elements: readonly {
    /** CSS; ` >>> ` goes into a shadow tree. */
    readonly selector: string;
    readonly html: string;
    readonly summary: string;
    /** For contrast: `#777777 on #888888, 1.21 of 4.5, 12.0pt (16px) normal`. */
    readonly colours?: string;
  }[];
}

export interface AxeOptions {
  /** Only what lies within the first element of this selector. */
  readonly within?: string;
  /** Rules to leave out; say why where you do. */
  readonly without?: readonly string[];
  /** Also what axe can't decide by itself (text over a picture, for one), as faults of impact `undecided`. */
  readonly alsoUndecided?: boolean;
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds wrong with the page as it stands, once its finite animations have ended. Axe runs in a world of its
 * own, which the page's policy doesn't govern and the page doesn't see: the policy stays as strict as it is.
 */
export async function checkAccessibility(
  page: Page,
  options: AxeOptions = {},
): Promise<AccessibilityFault[]> {
  await page.evaluate(ANIMATIONS_OVER);
  const session = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'axe',
    });
    await evaluate(session, contextId, `${axe.source}; 0`);
    const found = (await evaluate(session, contextId, toRun(options))) as Found;
    return [
      ...found.violations.map((result) => toFault(result, result.impact ?? 'unknown')),
      ...(options.alsoUndecided ? found.incomplete.map((result) => toFault(result, 'undecided')) : []),
    ];
  } finally {
    await session.detach();
  }
}

/** A spinner never ends; what fades in does, and has another contrast before. */
const ANIMATIONS_OVER = `Promise.all(document.getAnimations()
  .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
  .map((animation) => animation.finished.catch(() => 0))).then(() => 0)`;

interface Found {
  readonly violations: readonly AxeResult[];
  readonly incomplete: readonly AxeResult[];
}

interface AxeResult {
  readonly id: string;
  readonly impact?: string | null;
  readonly help: string;
  readonly nodes: readonly {
    readonly target: readonly (string | readonly string[])[];
    readonly html: string;
    readonly failureSummary?: string;
    readonly any: readonly { readonly data?: unknown }[];
  }[];
}

function toRun({ within, without = [] }: AxeOptions): string {
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const options = {
    runOnly: { type: 'tag', values: TAGS },
    rules,
    resultTypes: ['violations', 'incomplete'],
    // neither requests nor other frames: the app has no frames, and style sheets are its own
    preload: false,
    iframes: false,
  };
  const root = within === undefined ? 'document' : `document.querySelector(${JSON.stringify(within)})`;
  return `axe.run(${root}, ${JSON.stringify(options)}).then(({ violations, incomplete }) => ({ violations, incomplete }))`;
}

async function evaluate(session: CDPSession, contextId: number, expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    contextId,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

function toFault({ id, help, nodes }: AxeResult, impact: string): AccessibilityFault {
  const elements = nodes.map(({ target, html, failureSummary = '', any }) => {
    const colours = any.map(({ data }) => toColours(data)).find((text) => text !== undefined);
    return {
      selector: target.map((part) => [part].flat().join(' >>> ')).join(' '),
      html,
      summary: failureSummary,
      ...(colours !== undefined && { colours }),
    };
  });
  return { rule: id, impact, help, elements };
}

function toColours(data: unknown): string | undefined {
  const facts = Object(data) as Record<string, unknown>;
  if (typeof facts.fgColor !== 'string') return undefined;
  const { fgColor, bgColor, contrastRatio, expectedContrastRatio, fontSize, fontWeight } = facts;
  return `${fgColor} on ${bgColor}, ${contrastRatio} of ${expectedContrastRatio}, ${fontSize} ${fontWeight}`;
}
