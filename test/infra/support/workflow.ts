import { findResource, type Properties, type Template, toText } from './template.ts';

/** The definition of the state machine, references in angle brackets. */
export function readDefinition(template: Template): Properties {
  return JSON.parse(
    toText(findResource(template, 'AWS::StepFunctions::StateMachine').Properties.DefinitionString),
  );
}

/** Puts a definition back into the template, for controls that break one. */
export function changeDefinition(template: Template, change: (definition: Properties) => void): void {
  const definition = readDefinition(template);
  change(definition);
  findResource(template, 'AWS::StepFunctions::StateMachine').Properties.DefinitionString =
    JSON.stringify(definition);
}

/** Every state, those inside a Map too, by name. */
export function statesOf(definition: Properties): readonly (readonly [string, Properties])[] {
  return Object.entries<Properties>(definition.States).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.ItemProcessor ? statesOf(state.ItemProcessor) : []),
  ]);
}

/** The Task states. */
export function tasksOf(template: Template): readonly (readonly [string, Properties])[] {
  return statesOf(readDefinition(template)).filter(([, { Type }]) => Type === 'Task');
}
