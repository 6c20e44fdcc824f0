import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDomainName, toOwner, toOwnerFromFqdn, toTarget, toTld, toUnicodeName } from '#core/names.ts';

const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?$/);
const domain = fc.tuple(label, fc.constantFrom('com', 'co.uk', 'xn--p1ai')).map((parts) => parts.join('.'));

describe('toDomainName', () => {
  test.each([
    ['example.com', 'example.com'],
    ['EXAMPLE.Com', 'example.com'],
    ['example.com.', 'example.com'],
    ['Faß.de', 'xn--fa-hia.de'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['點看.com', 'xn--c1yn36f.com'],
    ['пример。рф', 'xn--e1afmkfd.xn--p1ai'],
    ['XN--FA-HIA.DE', 'xn--fa-hia.de'],
    ['i❤.ws', 'xn--i-7iq.ws'],
    ['123.com', '123.com'],
    ['a--b.com', 'a--b.com'],
    [`${'x'.repeat(63)}.com`, `${'x'.repeat(63)}.com`],
  ])('brings %s into its one form', (text, expected) => {
    expect(toDomainName(text)).toBe(expected);
  });

  test.each([
    '',
    '.',
    'com',
    'com.',
    '.com',
    'example..com',
    'example.com..',
    '1.2.3.4',
    '１.２.３.４',
    '0x7f.1',
    'example.0x1f',
    '[::1]',
    'a b',
    'a b.com',
    ' example.com',
    'example.com\n',
    'a%41.com',
    'é%41.com',
    'a/b',
    'é.com/b',
    'é.com?b.com',
    'é.com:80',
    'user@x.com',
    'usér@x.com',
    'http://example.com',
    '-a.com',
    'a-.com',
    '-é.com',
    'é-.com',
    'a_b.com',
    '_dmarc.example.com',
    '*.example.com',
    'xn--é.com',
    '\u200d.com',
    '\u00ad.com',
    '1א.com',
    '\ud800.com',
    `${'x'.repeat(64)}.com`,
    `${'é'.repeat(62)}.com`,
    `${'x.'.repeat(126)}com`,
    'é.'.repeat(1_000_000),
  ])('gives null for what is no registered name (%#)', (text) => {
    expect(toDomainName(text)).toBeNull();
  });

  test('keeps a registered A-label that our tables cannot decode', () => {
    expect(toDomainName('xn--a.com')).toBe('xn--a.com');
  });

  test('keeps its own answers', () => {
    const text = fc.oneof(
      domain,
      fc.tuple(fc.string({ unit: 'grapheme' }), fc.constant('com')).map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(text, (given) => {
        const name = toDomainName(given);
        expect(name === null || toDomainName(name) === name).toBe(true);
      }),
    );
  });
});

describe('toUnicodeName', () => {
  test.each([
    ['xn--fa-hia.de', 'faß.de'],
    ['xn--e1afmkfd.xn--p1ai', 'пример.рф'],
    ['example.com', 'example.com'],
    ['xn--a.com', 'xn--a.com'],
    ['xn--.com', 'xn--.com'],
    ['xn--abc-.com', 'xn--abc-.com'],
  ])('shows %s as %s', (name, expected) => {
    expect(toUnicodeName(name)).toBe(expected);
  });

  test('never shows what would not lead back to the name', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^xn--[a-z0-9-]{0,12}[a-z0-9]$/), (aLabel) => {
        expect(toDomainName(toUnicodeName(`${aLabel}.com`))).toBe(`${aLabel}.com`);
      }),
    );
  });
});

test.each([
  ['example.com', 'com'],
  ['example.co.uk', 'uk'],
  ['xn--e1afmkfd.xn--p1ai', 'xn--p1ai'],
])('the top-level domain of %s is %s', (name, expected) => {
  expect(toTld(name)).toBe(expected);
});

describe('toOwner', () => {
  test.each([
    ['@', 'example.com.'],
    ['', 'example.com.'],
    ['www', 'www.example.com.'],
    ['WWW', 'www.example.com.'],
    ['*', '*.example.com.'],
    ['_dmarc', '_dmarc.example.com.'],
    ['_sip._tcp', '_sip._tcp.example.com.'],
    ['a.b', 'a.b.example.com.'],
    ['example.com', 'example.com.example.com.'],
    ['www.example.com.', 'www.example.com.'],
    ['Other.Example.NET.', 'other.example.net.'],
    ['a\\.b', 'a\\.b.example.com.'],
    ['\\065\\066', 'ab.example.com.'],
    ['\\@', '\\@.example.com.'],
    ['a\\032b', 'a\\032b.example.com.'],
    ['a\\ b', 'a\\032b.example.com.'],
    ['$x', '\\$x.example.com.'],
    ['\\200', '\\200.example.com.'],
    ['bücher', 'xn--bcher-kva.example.com.'],
    ['_acme.bücher', '_acme.xn--bcher-kva.example.com.'],
    ['-', '-.example.com.'],
  ])('makes %j absolute', (relative, expected) => {
    expect(toOwner(relative, 'example.com')).toBe(expected);
    expect(toOwner(relative, 'Example.COM.')).toBe(expected);
  });

  test.each([
    'a..b',
    '.a',
    'a b',
    'a\tb',
    'a"b',
    'a;b',
    '(a)',
    'a@b',
    '\\256',
    '\\25',
    '\\',
    'a\\',
    '\\é',
    'é\\.b',
    '_é',
    'x'.repeat(64),
    'é'.repeat(63),
    '\\000'.repeat(64),
    'x.'.repeat(1_000_000),
  ])('gives null for what is no name (%#)', (relative) => {
    expect(toOwner(relative, 'example.com')).toBeNull();
  });

  test('allows 255 octets and no more', () => {
    const zone = `${'x'.repeat(61)}.`.repeat(4);

    expect(toOwner('abcd', zone)).toBe(`abcd.${zone}`);
    expect(toOwner('abcde', zone)).toBe(`abcde.${zone}`);
    expect(toOwner('abcdef', zone)).toBeNull();
  });

  test('gives null where the zone is no name', () => {
    expect(toOwner('www', 'exa mple.com')).toBeNull();
  });

  test('keeps its own answers, whatever octets the labels are made of', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const escaped = fc
      .array(octet, { minLength: 1, maxLength: 63 })
      .map((octets) => octets.map((value) => `\\${String(value).padStart(3, '0')}`).join(''));

    fc.assert(
      fc.property(escaped, domain, (relative, zone) => {
        const owner = toOwner(relative, zone);
        expect(owner).toMatch(/\.$/);
        expect(owner === null ? null : toOwner(owner, 'other.test')).toBe(owner);
      }),
    );
  });
});

describe('toOwnerFromFqdn', () => {
  test.each([
    ['example.com', 'example.com.'],
    ['Example.COM', 'example.com.'],
    ['www.example.com', 'www.example.com.'],
    ['*.example.com', '*.example.com.'],
    ['example.com.example.com', 'example.com.example.com.'],
    ['example.com.', 'example.com.'],
  ])('takes %s', (fqdn, expected) => {
    expect(toOwnerFromFqdn(fqdn, 'example.com')).toBe(expected);
  });

  test.each([
    'badexample.com',
    'com',
    'example.net',
    'www.example.com.net',
    'a\\.example.com',
    '',
    '.',
    '@',
    'a b.example.com',
  ])('gives null for %j, which is not inside the zone', (fqdn) => {
    expect(toOwnerFromFqdn(fqdn, 'example.com')).toBeNull();
  });
});

describe('toTarget', () => {
  test.each([
    ['mail.example.net', 'mail.example.net.', 'mail.example.net.example.com.'],
    ['mail.example.net.', 'mail.example.net.', 'mail.example.net.'],
    ['Mail', 'mail.', 'mail.example.com.'],
    ['@', 'example.com.', 'example.com.'],
    ['.', '.', '.'],
    ['bücher.de.', 'xn--bcher-kva.de.', 'xn--bcher-kva.de.'],
    ['_spf.example.net.', '_spf.example.net.', '_spf.example.net.'],
  ])('%s is %s where no dot is needed, and %s where it is', (text, never, withoutDot) => {
    expect(toTarget(text, { zone: 'example.com', relative: 'never' })).toBe(never);
    expect(toTarget(text, { zone: 'example.com', relative: 'withoutDot' })).toBe(withoutDot);
  });

  test.each(['', ' ', 'a b', 'a..b', '..', 'x'.repeat(64), 'a@b.example', '"a"'])(
    'gives null for %j',
    (text) => {
      expect(toTarget(text, { zone: 'example.com', relative: 'never' })).toBeNull();
    },
  );
});
