import type { SimResponse } from '../types.ts';

/** The number and the text of an error. */
export type ApiError = readonly [number: string, text: string];

/** A good answer around the content of its `CommandResponse`. */
export function succeed(command: string, content: string): SimResponse {
  return envelope(
    'OK',
    command,
    [],
    `  <CommandResponse Type="${escapeXml(command)}">\n${content}\n  </CommandResponse>\n`,
  );
}

/** An answer with errors, HTTP 200 all the same; `content` is the dummy result that some commands add. */
export function refuse(command: string, errors: readonly ApiError[], content = ''): SimResponse {
  const dummy =
    content && `  <CommandResponse Type="${escapeXml(command)}">\n${content}\n  </CommandResponse>\n`;
  return envelope('ERROR', command, errors, dummy);
}

/** An element with escaped attributes; without content it closes itself. `content` is XML already. */
export function element(name: string, attributes: Readonly<Record<string, string>>, content = ''): string {
  const text = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
    .join('');
  return content === '' ? `<${name}${text} />` : `<${name}${text}>${content}</${name}>`;
}

/** Text for an attribute or an element: the five characters of XML as entities. */
export function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function envelope(
  status: string,
  command: string,
  errors: readonly ApiError[],
  content: string,
): SimResponse {
  const list = errors.map(
    ([number, text]) => `    ${element('Error', { Number: number }, escapeXml(text))}\n`,
  );
  const requested = command.toLowerCase();
  const body = [
    '<?xml version="1.0" encoding="utf-8"?>\n',
    `<ApiResponse Status="${status}" xmlns="http://api.namecheap.com/xml.response">\n`,
    list.length > 0 ? `  <Errors>\n${list.join('')}  </Errors>\n` : '  <Errors />\n',
    '  <Warnings />\n',
    `  ${element('RequestedCommand', {}, escapeXml(requested))}\n`,
    content,
    '  <Server>SIMULATOR01</Server>\n',
    '  <GMTTimeDifference>--5:00</GMTTimeDifference>\n',
    '  <ExecutionTime>0.01</ExecutionTime>\n',
    '</ApiResponse>',
  ].join('');
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}
