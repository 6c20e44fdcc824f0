import type { GivenNumber, RdataInput } from './input.ts';
import { quote, toUtf8 } from './octets.ts';

type Fields = Extract<RdataInput, { form: 'fields' }>;

/** The presentation form, not canonical yet, of rdata as a registrar gives it; null when fields are missing. */
export function toPresentation(type: string, value: RdataInput): string | null {
  if (value.form === 'presentation') return value.text;
  const { text, priority, weight, port } = value;
  switch (type) {
    case 'TXT':
    case 'SPF':
      return text.isWellFormed() ? quote(toUtf8(value.stripQuotes ? stripQuotes(text) : text)) : null;
    case 'MX':
      return joinGiven([priority], text);
    case 'SRV':
      return joinGiven([priority, weight, port], text);
    case 'URI':
      return joinGiven([priority, weight], text);
    case 'SVCB':
    case 'HTTPS':
      // Porkbun gives a priority field with every record and this type's own inside the text.
      return /^\s*\d+\s+\S/.test(text) ? text : joinGiven([priority], text);
    case 'CAA':
      return toCaaText(value);
    default:
      return text;
  }
}

function joinGiven(numbers: readonly GivenNumber[], text: string): string {
  return [...numbers.filter(isGiven), text].join(' ');
}

function isGiven(value: GivenNumber): boolean {
  return value !== null && value !== undefined && value !== '';
}

function toCaaText({ text, flags, tag }: Fields): string | null {
  if (!tag) return isGiven(flags) ? null : text;
  if (!isGiven(flags) || !text.isWellFormed()) return null;
  const isQuoted = /^\s*"(?:[^"\\]|\\.)*"\s*$/s.test(text);
  return `${flags} ${tag} ${isQuoted ? text : quote(toUtf8(text))}`;
}

/** Without the quotes around the whole, or around each chunk, which is how some registrars show long texts. */
function stripQuotes(text: string): string {
  if (/^"[^"]*"(?:\s+"[^"]*")*$/.test(text)) return text.slice(1, -1).split(/"\s+"/).join('');
  return /^".*"$/s.test(text) ? text.slice(1, -1) : text;
}
