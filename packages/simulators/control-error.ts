/** A control request that can't be done: `status` 400, 404, 405 or 413, the message a sentence for the caller. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: 400 | 404 | 405 | 413;

  constructor(status: 400 | 404 | 405 | 413, message: string) {
    super(message);
    this.status = status;
  }
}
