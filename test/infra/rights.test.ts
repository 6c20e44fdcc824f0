import { describe, expect, test } from 'vitest';
import { toRightsPage } from './support/rights-page.ts';
import { toTemplate } from './support/template.ts';

describe('the rights of every role', () => {
  test('are these and no others', async () => {
    await expect(toRightsPage(toTemplate('dev'))).toMatchFileSnapshot('rights.txt');
  });

  test('are the same in production', () => {
    const asDev = toRightsPage(toTemplate('prod')).replaceAll('-prod-', '-dev-');

    expect(asDev).toBe(toRightsPage(toTemplate('dev')));
  });

  test('differ by the network interfaces of one worker where there is an address of our own', () => {
    const before = new Set(toRightsPage(toTemplate('dev')).split('\n'));

    const added = toRightsPage(toTemplate('natGateway'))
      .split('\n')
      .filter((line) => !before.has(line));

    expect(added.filter((line) => !line.includes('ec2:'))).toEqual([
      'EgressFlowLogRole',
      '  logs:CreateLogStream on <EgressRefusedLog.Arn>',
      '  logs:DescribeLogStreams on <EgressRefusedLog.Arn>',
      '  logs:PutLogEvents on <EgressRefusedLog.Arn>',
    ]);
    expect(added.filter((line) => line.startsWith('  ec2:'))).toHaveLength(6);
    expect(added.filter((line) => line.startsWith('  NOT ec2:'))).toHaveLength(6);
  });
});
