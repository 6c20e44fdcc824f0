const inspect = Symbol.for('nodejs.util.inspect.custom');
const redacted = '[redacted]';

/** A value that must not be shown: every way to print it gives `[redacted]`; only `reveal()` gives the plaintext. */
export interface Secret<T> {
  /** The plaintext. Call it at the last moment, inside the adapter that sends it. */
  reveal(): T;
  toString(): string;
  toJSON(): string;
}

/**
 * Wraps a plaintext so that logging, JSON, template strings and `console` can't show it. The value lives in a
 * closure, so that neither a property walk nor a structured clone finds it.
 */
export function toSecret<T>(value: T): Secret<T> {
  const secret = {
    reveal: () => value,
    toString: () => redacted,
    toJSON: () => redacted,
    [Symbol.toPrimitive]: () => redacted,
    [inspect]: () => redacted,
  };
  return Object.freeze(secret);
}
