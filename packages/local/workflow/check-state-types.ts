import { isJsonObject, type JsonObject } from '../json.ts';
import { checkSeconds, isSeconds, type Report, refuseUnknown, type Target } from './check-support.ts';
import { PROCESSOR_CONFIG_FIELDS, PROCESSOR_FIELDS, RULE_FIELDS } from './definition-fields.ts';
import { toExpression } from './expressions.ts';
import { checkResource } from './resources.ts';

/** Checks what only states of one type have; the states inside a Map are left to the caller. */
export function checkByType(state: JsonObject, at: string, target: Target, report: Report): void {
  if (state.Type === 'Task') checkTask(state, at, report);
  if (state.Type === 'Map') checkMap(state, at, report);
  if (state.Type === 'Choice') checkChoices(state, at, target, report);
  if (state.Type === 'Wait') checkWait(state, at, report);
  if (state.Type === 'Fail') {
    for (const name of ['Error', 'Cause']) {
      if (state[name] !== undefined && typeof state[name] !== 'string') report(at, `${name} must be text`);
    }
  }
}

function checkTask(state: JsonObject, at: string, report: Report): void {
  for (const problem of checkResource(state.Resource, state.Arguments)) report(at, problem);
  checkSeconds(state, 'TimeoutSeconds', 1, at, report);
  checkSeconds(state, 'HeartbeatSeconds', 1, at, report);
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat, Resource: resource } = state;
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    report(at, 'HeartbeatSeconds must be less than TimeoutSeconds');
  }
  if (heartbeat !== undefined && !String(resource).endsWith('.waitForTaskToken')) {
    report(at, 'HeartbeatSeconds: nobody can send a heartbeat for a task without a token');
  }
}

function checkMap(state: JsonObject, at: string, report: Report): void {
  const { ItemProcessor: processor, MaxConcurrency: concurrency, Items: items } = state;
  if (concurrency !== undefined && toExpression(concurrency) === undefined && !isSeconds(concurrency, 0)) {
    report(at, 'MaxConcurrency must be a whole number from 0, or an expression');
  }
  if (items !== undefined && !Array.isArray(items) && toExpression(items) === undefined) {
    report(at, 'Items must be an array or an expression');
  }
  if (!isJsonObject(processor)) {
    report(at, 'ItemProcessor is no object');
    return;
  }
  refuseUnknown(processor, PROCESSOR_FIELDS, `${at}.ItemProcessor`, report);
  const config = processor.ProcessorConfig ?? {};
  if (!isJsonObject(config)) {
    report(at, 'ItemProcessor.ProcessorConfig is no object');
    return;
  }
  refuseUnknown(config, PROCESSOR_CONFIG_FIELDS, `${at}.ItemProcessor.ProcessorConfig`, report);
  if (config.Mode !== undefined && config.Mode !== 'INLINE') {
    report(at, `a Map of mode ${JSON.stringify(config.Mode)} is not known here`);
  }
}

function checkChoices(state: JsonObject, at: string, target: Target, report: Report): void {
  if (state.Default !== undefined) target(state.Default, `${at}.Default`);
  if (!Array.isArray(state.Choices) || state.Choices.length === 0) {
    report(at, 'Choices is no list, or empty');
    return;
  }
  for (const [index, rule] of state.Choices.entries()) {
    const here = `${at}.Choices[${index}]`;
    if (!isJsonObject(rule)) report(here, 'is no object');
    else {
      refuseUnknown(rule, RULE_FIELDS, here, report);
      target(rule.Next, `${here}.Next`);
      if (typeof rule.Condition !== 'boolean' && toExpression(rule.Condition) === undefined) {
        report(here, 'Condition must be an expression, true or false');
      }
    }
  }
}

function checkWait(state: JsonObject, at: string, report: Report): void {
  if ((state.Seconds === undefined) === (state.Timestamp === undefined)) {
    report(at, 'needs either Seconds or Timestamp');
  }
  checkSeconds(state, 'Seconds', 0, at, report);
  if (state.Timestamp !== undefined && typeof state.Timestamp !== 'string') {
    report(at, 'Timestamp must be text');
  }
}
