import { afterEach, describe, expect, test } from 'vitest';
import { toAcknowledgements } from '#infra/acknowledgements.ts';
import { addNag, findAll, findIdle, isAcknowledged } from '#infra/nag.ts';
import { composeWithStandIns, VARIANTS, type Variant } from './support/template.ts';

const leftovers: (() => void)[] = [];
afterEach(() => {
  for (const remove of leftovers.splice(0)) remove();
});

function compose(variant: Variant) {
  const composed = composeWithStandIns(VARIANTS[variant]);
  leftovers.push(composed.remove);
  return { ...composed, acknowledgements: toAcknowledgements(composed.settings) };
}

describe('cdk-nag', () => {
  test.each(Object.keys(VARIANTS) as Variant[])(
    'finds in %s what is acknowledged, and nothing else',
    (variant) => {
      const { app, stack, acknowledgements } = compose(variant);
      const findings = findAll(app, stack);

      const open = findings.filter((finding) => !isAcknowledged(finding, acknowledgements));

      expect(open).toEqual([]);
      expect(findIdle(acknowledgements, findings)).toEqual([]);
    },
  );

  test('lets a stack pass in which everything is acknowledged', () => {
    const { app, stack, acknowledgements } = compose('prod');
    addNag(app, stack, acknowledgements);

    expect(() => app.synth()).not.toThrow();
  });

  test('stops a stack with a finding that nobody acknowledged', () => {
    const { app, stack, acknowledgements } = compose('dev');
    const fewer = acknowledgements.filter(
      ({ id }) => id !== 'AwsSolutions-DDB3' && id !== 'AwsSolutions-APIG4',
    );
    addNag(app, stack, fewer);

    expect(() => app.synth()).toThrow("Acknowledge with 'AwsSolutions::AwsSolutions-APIG4'");
  });

  test('stops where an acknowledgement has no finding', () => {
    const { app, stack, acknowledgements } = compose('dev');
    const more = [...acknowledgements, { id: 'AwsSolutions-S1', at: ['Edge/Logs'], reason: 'It logs.' }];

    expect(() => addNag(app, stack, more)).toThrow(
      'acknowledged, but not found:\n  AwsSolutions-S1 at Edge/Logs',
    );
  });

  test('has these acknowledgements in production, each with a reason', async () => {
    const { acknowledgements } = compose('prod');

    const page = acknowledgements
      .map(({ id, at }) => `${id}\n${at.map((path) => `  ${path}\n`).join('')}`)
      .join('');

    expect(acknowledgements.filter(({ reason }) => reason.length < 20)).toEqual([]);
    await expect(page).toMatchFileSnapshot('acknowledgements.txt');
  });
});
