/** A request as the edge hands it on: the body is read, header names are lower-case. */
export interface EdgeRequest {
  readonly method: string;
  /** Path as it was sent (percent-encoded), without the query. */
  readonly path: string;
  /** Query as it was sent, without the question mark. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** An answer before the edge adds its headers. A header may be sent several times (`set-cookie`). */
export interface EdgeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}
