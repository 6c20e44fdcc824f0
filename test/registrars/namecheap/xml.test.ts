import { describe, expect, test } from 'vitest';
import { childOf, childrenOf, parseXml } from '#registrars/namecheap/xml.ts';

describe('an XML text', () => {
  test('gives elements and attributes by lower-case names, with entities decoded', () => {
    const root = parseXml(
      '<?xml version="1.0"?><ApiResponse STATUS="OK"><Item Name="a &amp; &quot;b&quot; &#65;&#x42;">x &lt; <![CDATA[<y>]]></Item><item/></ApiResponse>',
    );

    expect(root?.name).toBe('apiresponse');
    expect(root?.attributes.get('status')).toBe('OK');
    expect(childrenOf(root, 'item')).toHaveLength(2);
    expect(childOf(root, 'item')).toMatchObject({ text: 'x < <y>' });
    expect(childOf(root, 'item')?.attributes.get('name')).toBe('a & "b" AB');
  });

  const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
  const attributes = (count: number) =>
    `<a ${Array.from({ length: count }, (_, index) => `x${index}="1"`).join(' ')}/>`;

  test.each([
    ['32 levels', nested(32)],
    ['64 attributes', attributes(64)],
    ['a comment', '<!-- x --><a/>'],
    ['attributes named like members of objects', '<a __proto__="1" constructor="2"/>'],
  ])('of %s is read', (_, text) => {
    expect(parseXml(text)?.name).toBe('a');
  });

  test.each([
    ['nothing', ''],
    ['blanks', '  '],
    ['plain text', 'Too many requests'],
    ['33 levels', nested(33)],
    ['100,000 levels', nested(100_000)],
    ['65 attributes', attributes(65)],
    ['a million attributes', attributes(1_000_000)],
    ['a DOCTYPE', '<!DOCTYPE a><a/>'],
    ['entities within entities', '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>'],
    ['an entity from a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hosts">]><a>&x;</a>'],
    ['an entity that is unknown', '<a>&nbsp;</a>'],
    ['an open end', '<a><b></b>'],
    ['tags that cross', '<a><b></a></b>'],
    ['two roots', '<a/><b/>'],
    ['an attribute twice', '<a x="1" x="2"/>'],
    ['an attribute twice in another letter case', '<a x="1" X="2"/>'],
    ['an attribute without quotes', '<a x=1/>'],
    ['a character that XML has not', '<a>\0</a>'],
    ['HTML', '<!doctype html><html><body><br></body></html>'],
    ['HTML without a DOCTYPE', '<html><body><br></body></html>'],
  ])('of %s is refused', (_, text) => {
    expect(parseXml(text)).toBeUndefined();
  });
});
