/** Everybody who gives a name has an account: the local issuer is for development and asks for nothing else. */
export interface LocalAccount {
  readonly name: string;
  /** The same for the same name, at every start. */
  readonly subject: string;
}

const longestName = 64;

/**
 * The account of a name. Letter case and outer blanks don't matter.
 * @throws Error when the name is empty, longer than 64 characters or holds control characters.
 */
export function toAccount(text: string): LocalAccount {
  const name = text.normalize('NFKC').trim().toLowerCase();
  if (name === '' || name.length > longestName || /\p{C}/u.test(name))
    throw new Error(`a name has 1 to ${longestName} characters, none of them a control character`);
  return { name, subject: `local|${name}` };
}

/** The account behind a subject that this issuer gave out, or undefined for any other. */
export function findAccount(subject: string): LocalAccount | undefined {
  return subject.startsWith('local|') ? { name: subject.slice('local|'.length), subject } : undefined;
}
