import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { toTemplate } from './support/template.ts';
import { readDefinition } from './support/workflow.ts';

describe('the definition of the workflow', () => {
  test('is good Amazon States Language', () => {
    // References to resources stand where ARNs and addresses will.
    const { isValid, errorsText } = validate(readDefinition(toTemplate('dev')), { checkArn: false });

    expect(errorsText()).toBe('');
    expect(isValid).toBe(true);
  });

  test('with a state that leads nowhere is refused', () => {
    const definition = readDefinition(toTemplate('dev'));
    definition.States.FetchDomains.Next = 'Nowhere';

    const { isValid } = validate(definition, { checkArn: false });

    expect(isValid).toBe(false);
  });

  test('asks the queue of the registrar, with its lanes', () => {
    const { ValidateApiAccess, ProcessDomains } = readDefinition(toTemplate('dev')).States;

    expect(ValidateApiAccess.Arguments.QueueUrl).toMatch(
      /^\{% \$lookup\(\{'godaddy': '<Queuesgodaddy\w+>', .*\}, \$states\.context\.Execution\.Input\.registrar\) %\}$/,
    );
    expect(ProcessDomains.MaxConcurrency).toBe(
      "{% $lookup({'godaddy': 1, 'namecheap': 1, 'gandi': 4, 'porkbun': 1, 'namecom': 1}, $states.context.Execution.Input.registrar) %}",
    );
  });
});
