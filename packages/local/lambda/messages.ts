/** What an execution environment is told when it starts. */
export interface EnvironmentData {
  readonly modulePath: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  readonly logGroup: string;
}

/** An invocation: the event as JSON text, and the time (ms since the epoch) at which it is cut off. */
export interface ToEnvironment {
  readonly requestId: string;
  readonly event: string;
  readonly deadlineMs: number;
}

/** The error document that Lambda gives for a function that threw. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type FromEnvironment =
  | { readonly kind: 'ready' }
  | { readonly kind: 'wrote'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'initFailed'; readonly error: FunctionError }
  | { readonly kind: 'succeeded'; readonly requestId: string; readonly payload: string }
  | { readonly kind: 'failed'; readonly requestId: string; readonly error: FunctionError };

/** How an invocation ended; `payload` is the handler's result as JSON text. */
export type InvokeOutcome =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionError };
