/**
 * The function that a person means by a name: the whole name, or its end without stage and product
 * (`finish-sync`). Where several share a beginning (`registrar-worker`), the event tells which by the word that they
 * differ in.
 * @throws Error that lists the names, when none or more than one is meant.
 */
export function pickFunction(names: readonly string[], wanted: string, event: string): string {
  const whole = names.filter((name) => name === wanted || name.endsWith(`-${wanted}`));
  const family = names.filter((name) => `-${name}`.includes(`-${wanted}-`));
  const toWord = (name: string) => name.slice(name.lastIndexOf(`${wanted}-`) + wanted.length + 1);
  const meant = whole.length > 0 ? whole : family.filter((name) => event.includes(toWord(name)));
  const [only, another] = meant;
  if (only !== undefined && another === undefined) return only;
  const reason = (another ? meant : family).length > 0 ? 'could be several' : 'is no function';
  throw new Error(`${wanted} ${reason}; the functions are:\n  ${names.join('\n  ')}`);
}
