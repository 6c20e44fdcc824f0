import type { Portfolio, PortfolioOptions } from '../support/portfolio.ts';
import type { Answer } from '../support/static-site.ts';

/** What the API answers in a story: an answer, or that it never comes, or that nobody is there. */
export type StoryAnswer = Answer | 'never' | 'unreachable';

/** By method and path, `*` for one part of it: `GET /v1/domains/*`. They come before what the portfolio says. */
export type StoryAnswers = Readonly<Record<string, StoryAnswer>>;

/** What is done on the page before the state is there. Controls are named as people hear them. */
export type Step =
  | { readonly click: string }
  | { readonly fill: string; readonly with: string }
  | { readonly key: string; readonly ctrl?: boolean }
  /** The network goes away, as the browser tells it. */
  | { readonly goes: 'offline' };

/** A page in one of its states. */
export interface Story {
  /** In the address: `/?story=dashboard-empty`. */
  readonly id: string;
  readonly title: string;
  /** Where in the app; the dashboard unless told. */
  readonly path?: string;
  /** A text that is on the page in this state, and is not on it in others. */
  readonly shows: string;
  /** Width of the window that the state is for, in CSS pixels; 1,280 unless told. */
  readonly width?: number;
  /** Who is there; somebody signed in unless told. */
  readonly session?: 'signedIn' | 'signedOut' | 'expired' | 'failed';
  readonly portfolio?: PortfolioOptions;
  /** What is otherwise in the portfolio. */
  readonly change?: (portfolio: Portfolio) => Portfolio;
  readonly answers?: StoryAnswers;
  readonly preferences?: {
    readonly density?: 'compact';
    readonly sidebar?: 'narrow';
    readonly dates?: 'exact';
  };
  readonly isLocal?: boolean;
  /** The list of domains is in the cache from an earlier visit. */
  readonly isCached?: boolean;
  /** The page breaks on purpose: React writes that to the console. */
  readonly isBroken?: boolean;
  readonly steps?: readonly Step[];
}

/** A problem of the API, as its answer. */
export function toProblem(
  status: number,
  code: string,
  [title, detail]: readonly [title: string, detail: string],
  more: Readonly<Record<string, unknown>> = {},
): Answer {
  const type = `https://domain-collective.example/problems/${code.toLowerCase()}`;
  return { status, body: { type, title, status, detail, code, requestId: '0mih9999storyrequest', ...more } };
}

/** Something that the API did not expect. */
export const SERVER_ERROR = toProblem(500, 'INTERNAL', [
  'Something went wrong on our side',
  'Nothing was changed. Try again in a moment.',
]);

/** A word without an end, which has to be broken. */
export const LONG_WORD = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen'.repeat(2).slice(0, 100);
/** Arabic with a number in it. */
export const RIGHT_TO_LEFT = 'حساب العميل 42 (الرئيسي)';
