import { createHash, randomBytes } from 'node:crypto';

const CHECK_LENGTH = 12;

/** Makes a task token: opaque, unguessable, 268 characters. */
export function createToken(): string {
  const body = randomBytes(192).toString('base64');
  return body + checkOf(body);
}

/** Whether a text has the form of a token that was made here, so that InvalidToken and TaskDoesNotExist differ. */
export function isToken(text: string): boolean {
  const body = text.slice(0, -CHECK_LENGTH);
  return text === body + checkOf(body) && body.length > 0;
}

function checkOf(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, CHECK_LENGTH);
}
