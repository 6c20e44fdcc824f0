import { deepStrictEqual } from 'node:assert/strict';
import type { Browser, BrowserContext, ConsoleMessage, Page, Request } from 'playwright-core';

/** How somebody looks at a page. */
export interface VisitOptions {
  readonly url: string;
  /** CSS pixels; 1280 × 800 unless told. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  readonly forcedColors?: 'active' | 'none';
  readonly contrast?: 'more' | 'no-preference';
  /** Cuts the network once the page has loaded. */
  readonly offline?: boolean;
  readonly timezone?: string;
  readonly locale?: string;
  /** Runs before the page is loaded: init scripts, routes, a clock, what local storage holds. */
  prepare?(page: Page): Promise<void>;
}

export interface CspViolation {
  readonly directive: string;
  readonly blocked: string;
  /** The beginning of the script, style or text, where the browser tells. */
  readonly sample: string;
  readonly source: string;
}

/** A page, and what went on in it and in the windows that it opened; the lists grow while it lives. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly violations: readonly CspViolation[];
  /** Console messages that speak of the policy or of Trusted Types; they are not among `consoleErrors`. */
  readonly policyMessages: readonly string[];
  /** Text and where it comes from: `Failed to load resource: … (http://127.0.0.1:1234/v1/domains)`. */
  readonly consoleErrors: readonly string[];
  readonly pageErrors: readonly string[];
  /** Requests that got no answer, with the reason; aborted ones are not among them. */
  readonly failedRequests: readonly string[];
  /** What was asked for outside of the page's own origin, also where the policy stopped it. */
  readonly foreignUrls: readonly string[];
  /** Numbers of the payloads of xss-corpus.ts that ran. */
  readonly marks: readonly number[];
  close(): Promise<void>;
}

/** Reports violations by a binding, for what hangs on `window` is gone after a redirect. */
const WATCH_POLICY = `
  window.__violations = [];
  addEventListener('securitypolicyviolation', (event) => {
    const violation = {
      directive: event.effectiveDirective,
      blocked: event.blockedURI,
      sample: event.sample,
      source: event.sourceFile ? event.sourceFile + ':' + event.lineNumber : '',
    };
    window.__violations.push(violation);
    window.__reportViolation(violation);
  }, true);
`;

/** Opens a page in a context of its own, and waits until it has loaded. The policy stays in force. */
export async function openPage(browser: Browser, options: VisitOptions): Promise<Visit> {
  const { url, viewport, colorScheme, reducedMotion, forcedColors, contrast } = options;
  const context = await browser.newContext({
    viewport: viewport ?? { width: 1280, height: 800 },
    timezoneId: options.timezone ?? 'UTC',
    locale: options.locale ?? 'en-GB',
    ...(colorScheme && { colorScheme }),
    ...(reducedMotion && { reducedMotion }),
    ...(forcedColors && { forcedColors }),
    ...(contrast && { contrast }),
  });
  const records = await record(context, new URL(url).host);
  const page = await context.newPage();
  await options.prepare?.(page);
  await page.goto(url);
  if (options.offline) await context.setOffline(true);
  return { page, context, ...records, close: () => context.close() };
}

/** Everything in a context that a clean page doesn't do. */
async function record(context: BrowserContext, ownHost: string) {
  const violations: CspViolation[] = [];
  const policyMessages: string[] = [];
  const consoleErrors: string[] = [];
  const pageErrors: string[] = [];
  const failedRequests: string[] = [];
  const foreignUrls: string[] = [];
  const marks: number[] = [];
  const noteUrl = (url: string) => {
    if (/^(https?|wss?):/.test(url) && new URL(url).host !== ownHost) foreignUrls.push(url);
  };
  const noteMessage = (message: ConsoleMessage) => {
    const text = `${message.text()} (${message.location().url})`;
    if (/Content[ -]Security[ -]Policy|Trusted ?(Types?|HTML|Script)/i.test(text)) policyMessages.push(text);
    else if (message.type() === 'error' || message.type() === 'assert') consoleErrors.push(text);
  };
  const noteFailure = (request: Request) => {
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') failedRequests.push(`${request.method()} ${request.url()} ${reason}`);
  };
  await context.exposeBinding('__reportViolation', (_source, violation: CspViolation) => {
    violations.push(violation);
  });
  await context.exposeBinding('__xss', (_source, mark: number) => {
    marks.push(mark);
  });
  await context.addInitScript({ content: WATCH_POLICY });
  context.on('request', (request) => noteUrl(request.url()));
  context.on('requestfailed', noteFailure);
  context.on('console', noteMessage);
  context.on('weberror', (error) => pageErrors.push(String(error.error().stack ?? error.error())));
  context.on('page', (page) => page.on('websocket', (socket) => noteUrl(socket.url())));
  return { violations, policyMessages, consoleErrors, pageErrors, failedRequests, foreignUrls, marks };
}

/**
 * Fails where the page broke its policy, threw, wrote an error to the console that none of `allowed` matches, asked
 * another origin for something, or ran a payload.
 * @throws AssertionError with all of it.
 */
export async function expectClean(
  visit: Visit,
  { allowed = [] }: { readonly allowed?: readonly RegExp[] } = {},
): Promise<void> {
  await settle(visit.page);
  const { violations, policyMessages, consoleErrors, pageErrors, foreignUrls, marks } = visit;
  deepStrictEqual(
    {
      violations,
      policyMessages,
      pageErrors,
      consoleErrors: consoleErrors.filter((text) => !allowed.some((pattern) => pattern.test(text))),
      foreignUrls,
      marks,
    },
    { violations: [], policyMessages: [], pageErrors: [], consoleErrors: [], foreignUrls: [], marks: [] },
  );
}

/** Until what the page has reported by now has come here: its events are tasks, and so are our calls. */
async function settle(page: Page): Promise<void> {
  const aTask =
    'new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0); }).then(() => 0)';
  await page.evaluate(aTask);
  await page.evaluate(aTask);
}
