import { describe, expect, test } from 'vitest';
import type { Json } from '#local/json.ts';
import { createResolver, type Template } from '#local/template.ts';

const template: Template = {
  Parameters: {
    Stage: { Type: 'String', Default: 'dev' },
    Secret: { Type: 'String' },
  },
  Mappings: { Sizes: { dev: { memory: 256 } } },
  Conditions: {
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] },
    IsBoth: { 'Fn::And': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
    IsAny: { 'Fn::Or': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
  },
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Loop: { Type: 'X', Properties: { Name: { Ref: 'Loop' } } },
    Skipped: { Type: 'X', Condition: 'IsProd' },
  },
};

const resolver = createResolver(
  template,
  'mini',
  (logicalId, _resource, property) => ({
    ref: `${logicalId}-ref${property('Name') === undefined ? '' : 'named'}`,
    attributes: { Arn: `arn:aws:sqs:us-east-1:000000000000:${logicalId}` },
  }),
  (text) => (text === 'https://there.example' ? 'http://here.example' : text),
);

describe('intrinsic functions', () => {
  test.each<[string, Json, Json]>([
    ['a plain value', { A: [1, true, null, 'x'] }, { A: [1, true, null, 'x'] }],
    ['Ref of a resource', { Ref: 'Queue' }, 'Queue-ref'],
    ['Ref of a parameter', { Ref: 'Stage' }, 'dev'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::AccountId' }, '000000000000'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-1:000000000000:Queue'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:aws:sqs:us-east-1:000000000000:Queue'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }, 1]] }, 'a-dev-1'],
    [
      'Fn::Sub',
      { 'Fn::Sub': `${'${'}AWS::Region}/${'${'}Queue.Arn}/${'${'}!Kept}` },
      `us-east-1/arn:aws:sqs:us-east-1:000000000000:Queue/${'$'}{Kept}`,
    ],
    ['Fn::Sub with variables', { 'Fn::Sub': [`${'${'}X}!`, { X: { Ref: 'Stage' } }] }, 'dev!'],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    ['Fn::If', { 'Fn::If': ['IsDev', 'yes', 'no'] }, 'yes'],
    ['Fn::If of And', { 'Fn::If': ['IsBoth', 'yes', 'no'] }, 'no'],
    ['Fn::If of Or', { 'Fn::If': ['IsAny', 'yes', 'no'] }, 'yes'],
    [
      'AWS::NoValue in an object',
      { A: { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] }, B: 2 },
      { B: 2 },
    ],
    ['AWS::NoValue in a list', [1, { Ref: 'AWS::NoValue' }], [1]],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, 256],
    ['Fn::Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Stage' } } }, '{"a":"dev"}'],
    [
      'a joined text that has a local twin',
      { 'Fn::Join': ['', ['https://', 'there.example']] },
      'http://here.example',
    ],
  ])('%s is read', (_name, value, expected) => {
    expect(resolver.resolve(value, 'Thing.Property')).toEqual(expected);
  });

  test.each<[string, Json, RegExp]>([
    ['an unknown function', { 'Fn::Cidr': ['10.0.0.0/16', 1, 8] }, /Thing\.P: intrinsic function Fn::Cidr/],
    ['an unknown resource', { Ref: 'Nobody' }, /Thing\.P .*no resource Nobody/],
    [
      'an unknown attribute',
      { 'Fn::GetAtt': ['Queue', 'Colour'] },
      /Thing\.P .*Colour of Queue \(AWS::SQS::Queue\)/,
    ],
    ['a parameter without a default', { Ref: 'Secret' }, /parameter Secret has no default/],
    ['an unknown condition', { 'Fn::If': ['IsMars', 1, 2] }, /no condition IsMars/],
    ['a missing element', { 'Fn::Select': [5, ['a']] }, /no element 5/],
    ['a missing mapping', { 'Fn::FindInMap': ['Sizes', 'prod', 'memory'] }, /no mapping Sizes\.prod\.memory/],
    ['a dynamic reference', '{{resolve:ssm:/x}}', /dynamic reference/],
    ['a reference to itself', { Ref: 'Loop' }, /Loop refers to itself/],
  ])('%s is an error that names the place', (_name, value, expected) => {
    expect(() => resolver.resolve(value, 'Thing.P')).toThrow(expected);
  });

  test('a resource exists where its condition holds', () => {
    expect([resolver.exists('Queue'), resolver.exists('Skipped')]).toEqual([true, false]);
  });
});
