import type { Chance } from './chance.ts';
import { ODD_TEXTS, toOddValue } from './odd-values.ts';

/** A body with something wrong in it: by what it says (JSON, XML), or by its characters. */
export function mutateBody(body: string, chance: Chance): string {
  const changes = 1 + chance.below(3);
  let changed = body;
  for (let change = 0; change < changes; change += 1) changed = mutateOnce(changed, chance);
  return changed;
}

function mutateOnce(body: string, chance: Chance): string {
  if (chance.onceIn(5)) return mutateText(body, chance);
  const first = body.trimStart()[0];
  if (first === '{' || first === '[') return mutateJson(body, chance);
  if (first === '<') return mutateXml(body, chance);
  return mutateText(body, chance);
}

/** Cut, doubled, with a character changed, or odd text between. */
function mutateText(body: string, chance: Chance): string {
  const at = chance.below(body.length + 1);
  switch (chance.below(6)) {
    case 0:
      return body.slice(0, at);
    case 1:
      return body.slice(at);
    case 2:
      return body.slice(0, at) + chance.pick(ODD_TEXTS) + body.slice(at);
    case 3:
      return body.slice(0, at) + String.fromCharCode(chance.below(0x1_00_00)) + body.slice(at + 1);
    case 4:
      return body + body;
    default:
      return chance.pick(ODD_TEXTS);
  }
}

type Json = unknown;
type Holder = Record<string, Json> | Json[];

function mutateJson(body: string, chance: Chance): string {
  let value: Json;
  try {
    value = JSON.parse(body);
  } catch {
    return mutateText(body, chance);
  }
  const holders: Holder[] = [];
  const visit = (each: Json) => {
    if (typeof each !== 'object' || each === null) return;
    holders.push(each as Holder);
    for (const inner of Object.values(each)) visit(inner);
  };
  visit(value);
  if (holders.length === 0) return JSON.stringify(toOddValue(chance));
  const holder = chance.pick(holders);
  const key = chance.pick(Object.keys(holder)) as string | undefined;
  if (key === undefined) return JSON.stringify(toOddValue(chance)) ?? '';
  const slots = holder as Record<string, Json>;
  switch (chance.below(6)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete slots[key];
      break;
    case 1:
      if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]));
      else Object.defineProperty(slots, chance.pick(ODD_TEXTS), { value: slots[key], enumerable: true });
      break;
    case 2:
      if (typeof slots[key] === 'string') {
        slots[key] = mutateText(slots[key], chance);
        break;
      }
      slots[key] = toOddValue(chance);
      break;
    default:
      slots[key] = toOddValue(chance);
  }
  return JSON.stringify(value);
}

/** An attribute, an element or a text of the XML is another, missing, or twice there. */
function mutateXml(body: string, chance: Chance): string {
  const parts = [...body.matchAll(/"[^"]*"|<[^>]*>|[^<>"]+/g)];
  if (parts.length === 0) return mutateText(body, chance);
  const { 0: part, index } = chance.pick(parts);
  const replaced = () => {
    switch (chance.below(5)) {
      case 0:
        return '';
      case 1:
        return part + part;
      case 2:
        return part.startsWith('"')
          ? `"${chance.pick(ODD_TEXTS).replaceAll(/["<&]/g, '')}"`
          : chance.pick(ODD_TEXTS);
      case 3:
        return `<!-- ${part} -->`;
      default:
        return part.startsWith('"') ? `"&#${chance.below(0x11_00_00)};"` : mutateText(part, chance);
    }
  };
  return body.slice(0, index) + replaced() + body.slice(index + part.length);
}
