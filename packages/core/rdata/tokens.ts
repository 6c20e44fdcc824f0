import { toOctets } from './octets.ts';

/** A part of rdata in presentation form, escapes still in it; `quoted` when it stood in quotes of its own. */
export interface Token {
  readonly raw: string;
  readonly quoted: boolean;
}

const token =
  /(?<blank>[ \t\r\n]+)|(?<bracket>[()])|"(?<quoted>(?:[^"\\]|\\.)*)"|(?<word>(?:=(?:"(?:[^"\\]|\\.)*")?|[^\s"();=\\]|\\.)+)/gsu;

/**
 * Splits rdata at blanks (RFC 1035 §5.1). Brackets, which in a zone file let rdata go over several lines, count as
 * blanks. A word may end with a quoted value after `=`, as the parameters of SVCB do (RFC 9460 §2.1). Null when a
 * quote or bracket isn't closed, a quote touches a word, or an unescaped `;` would begin a comment: the meaning would be
 * a guess.
 */
export function tokenize(text: string): Token[] | null {
  const tokens: Token[] = [];
  let length = 0;
  let depth = 0;
  let last: 'word' | 'quoted' | null = null;
  for (const { 0: match, groups: { bracket, quoted, word } = {} } of text.matchAll(token)) {
    length += match.length;
    if (bracket !== undefined) depth += bracket === '(' ? 1 : -1;
    if (depth < 0 || (quoted !== undefined && last === 'word') || (word !== undefined && last === 'quoted')) {
      return null;
    }
    if (quoted !== undefined) tokens.push({ raw: quoted, quoted: true });
    if (word !== undefined) tokens.push({ raw: word, quoted: false });
    last = quoted !== undefined ? 'quoted' : word !== undefined ? 'word' : null;
  }
  return length === text.length && depth === 0 ? tokens : null;
}

/** The octets that a character-string stands for (RFC 1035 §5.1); null when quotes stand inside a word. */
export function fromToken({ raw, quoted }: Token): Uint8Array | null {
  return quoted || /^(?:[^"\\]|\\.)*$/s.test(raw) ? toOctets(raw) : null;
}

/** The tokens as one text with single blanks between them. */
export function joinTokens(tokens: readonly Token[]): string {
  return tokens.map(({ raw, quoted }) => (quoted ? `"${raw}"` : raw)).join(' ');
}
