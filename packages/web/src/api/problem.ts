import type { FieldProblem, Problem } from './types.gen.ts';

interface Answer {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code?: string;
  readonly type?: string;
  readonly requestId?: string;
  readonly fields?: readonly FieldProblem[];
  readonly retryAfterSeconds?: number;
  readonly runId?: string;
  readonly integrationId?: string;
}

/** The API answered, and said no. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(answer.detail);
    this.answer = answer;
  }
}

/** No answer came: the network is away, or the address is not reachable. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';

  constructor(cause: unknown) {
    super('The server could not be reached.', { cause });
  }
}

const STATUS_WORDS: Readonly<Record<number, readonly [title: string, detail: string]>> = {
  401: ['Sign in to continue', 'You were signed out.'],
  403: ['Not allowed', 'This account may not do that.'],
  429: ['Too many requests', 'Wait a moment, then try again.'],
  503: ['Not available just now', 'The service is busy. Try again in a moment.'],
};
const OUR_FAULT = [
  'Something went wrong on our side',
  'Nothing was changed. Try again in a moment.',
] as const;

/**
 * An answer of status 400 and above as an error. What the gateway says itself has no problem in it (api.md): its
 * status alone decides the words.
 */
export async function toApiError(response: Response): Promise<ApiError> {
  const { status } = response;
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const problem = response.headers.get('content-type')?.includes('problem+json')
    ? ((await response.json()) as Partial<Problem>)
    : {};
  const [title, detail] = STATUS_WORDS[status] ?? OUR_FAULT;
  return new ApiError({
    status,
    title: problem.title ?? title,
    detail: problem.detail ?? detail,
    ...(problem.type !== undefined && { type: problem.type }),
    ...(problem.code !== undefined && { code: problem.code }),
    ...(problem.requestId !== undefined && { requestId: problem.requestId }),
    ...(problem.errors !== undefined && { fields: problem.errors }),
    ...(problem.runId !== undefined && { runId: problem.runId }),
    ...(problem.integrationId !== undefined && { integrationId: problem.integrationId }),
    ...(Number.isFinite(retryAfter) && { retryAfterSeconds: retryAfter }),
  });
}

/** Title and sentence for any failure that a person may see. */
export function toWords(error: unknown): { readonly title: string; readonly detail: string } {
  if (error instanceof ApiError) return error.answer;
  if (error instanceof NetworkError) return { title: 'No connection', detail: error.message };
  return { title: OUR_FAULT[0], detail: OUR_FAULT[1] };
}

/** A failure in one line. */
export function toSentence(error: unknown): string {
  const { title, detail } = toWords(error);
  return `${title}. ${detail}`;
}

/** Whether the API says that a sync goes on already: then there is nothing to do. */
export function isSyncRunning(error: unknown): boolean {
  return error instanceof ApiError && error.answer.status === 409;
}
