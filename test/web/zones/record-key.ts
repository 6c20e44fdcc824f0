import { toRdata } from '#core/rdata.ts';

/** Escapes undone, quotes and blanks left out, in lower case. */
const toBare = (text: string): string =>
  text
    .replace(/\\(\d{3})|\\(.)|["\s]/g, (_, code?: string, character = '') =>
      code === undefined ? character : String.fromCharCode(Number(code)),
    )
    .toLowerCase();

/** Equal for equal records, however they are written. BIND 9.18 has no word for one key of SVCB, and rounds sizes of LOC. */
export function toKey(owner: string, type: string, rdata: string): string {
  if (type === 'LOC') return `${toBare(owner)} LOC`;
  const words = /^(?:HTTPS|SVCB)$/.test(type) ? rdata.replace(' key7=', ' dohpath=') : rdata;
  const canonical = toRdata(type, { form: 'presentation', text: words }, { zone: '.', targets: 'never' });
  return `${toBare(owner)} ${type} ${toBare(canonical ?? rdata)}`;
}
