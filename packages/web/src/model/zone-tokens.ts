/** A part of rdata as it is written, without the quotes around it. */
export interface ZoneToken {
  readonly raw: string;
  readonly quoted: boolean;
}

const token =
  /(?<blank> +)|"(?<quoted>(?:[ !#-[\]-~]|\\\d{3}|\\[ -/:-~])*)"(?= |$)|(?<word>(?:[!#-'*-:<-[\]-~]|\\\d{3}|\\[!-/:-~]|(?<==)"(?:[ !#-[\]-~]|\\\d{3}|\\[ -/:-~])*"(?= |$))+)(?= |$)/gy;

/**
 * Splits rdata in presentation form. Null for all that could go on into the next line of a zone file, or that would be
 * read as a comment there: control and non-ASCII characters, a quote or bracket that isn't closed, brackets and
 * semicolons outside quotes, broken escapes.
 */
export function splitRdata(rdata: string): readonly ZoneToken[] | null {
  const tokens: ZoneToken[] = [];
  let read = 0;
  for (const { 0: match, groups = {} } of rdata.matchAll(token)) {
    read += match.length;
    const { quoted, word } = groups;
    if (quoted !== undefined) tokens.push({ raw: quoted, quoted: true });
    if (word !== undefined) tokens.push({ raw: word, quoted: false });
  }
  return read === rdata.length && tokens.length > 0 ? tokens : null;
}

/** The octets that a token stands for, a character for each; null when an escape is above 255. */
export function toOctets(raw: string): string | null {
  const codes = [...raw.matchAll(/\\(\d{3})/g)].map(([, code]) => Number(code));
  if (codes.some((code) => code > 255)) return null;
  return raw.replace(/\\(\d{3})|\\(.)/g, (_, code: string | undefined, character: string) =>
    code === undefined ? character : String.fromCharCode(Number(code)),
  );
}
