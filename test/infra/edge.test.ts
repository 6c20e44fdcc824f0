import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { findResource, toTemplate } from './support/template.ts';

const { FunctionCode } = findResource(toTemplate('dev'), 'AWS::CloudFront::Function').Properties;
const toServed = (uri: string): string =>
  runInNewContext(`${FunctionCode}; handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`, {});

describe('the function at the edge', () => {
  test.each([
    '/',
    '/integrations',
    '/integrations/abc/',
    '/domains/example.com',
    '/domains/example.zip',
    '/domains/xn--mnchen-3ya.example',
    '/assets/',
    '/v1',
  ])('serves the page of the app for %s', (uri) => {
    expect(toServed(uri)).toBe('/index.html');
  });

  test.each([
    '/index.html',
    '/config.json',
    '/icon.svg',
    '/style.css',
    '/assets/index-Ab12.js',
    '/assets/fonts/a.woff2',
  ])('serves the file %s', (uri) => {
    expect(toServed(uri)).toBe(uri);
  });
});
