import { SaxesParser } from 'saxes';

/** An element; names of elements and attributes are lower-case, since Namecheap's own letter case varies. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text directly inside, entities decoded. */
  readonly text: string;
}

const MAX_DEPTH = 32;
const MAX_ATTRIBUTES = 64;

/**
 * The root of a well-formed XML text, or undefined. A text with a DOCTYPE is refused, so that no entity but XML's own
 * five and numbered ones exists; so is one nested deeper than 32, or with more than 64 attributes at an element.
 */
export function parseXml(text: string): XmlElement | undefined {
  const parser = new SaxesParser({ position: false, xmlns: false });
  const open: MutableElement[] = [];
  let root: MutableElement | undefined;
  let attributes = 0;

  parser.on('doctype', refuse);
  parser.on('error', refuse);
  parser.on('opentagstart', () => {
    attributes = 0;
    if (open.length >= MAX_DEPTH) refuse();
  });
  parser.on('attribute', () => {
    attributes++;
    if (attributes > MAX_ATTRIBUTES) refuse();
  });
  parser.on('opentag', (tag) => {
    const element = toElement(tag);
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const addText = (part: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);

  try {
    parser.write(text).close();
    return root;
  } catch (error) {
    if (error instanceof XmlRefusal) return undefined;
    throw error;
  }
}

/** The first child of that name, in lower case. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** All children of that name, in lower case. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

interface MutableElement extends XmlElement {
  readonly children: MutableElement[];
  text: string;
}

function toElement(tag: {
  readonly name: string;
  readonly attributes: Record<string, string>;
}): MutableElement {
  const attributes = new Map<string, string>();
  for (const [name, value] of Object.entries(tag.attributes)) {
    if (attributes.has(name.toLowerCase())) refuse();
    attributes.set(name.toLowerCase(), value);
  }
  return { name: tag.name.toLowerCase(), attributes, children: [], text: '' };
}

/** Ends the reading of a text; says nothing of the text itself. */
class XmlRefusal extends Error {}

function refuse(): never {
  throw new XmlRefusal();
}
