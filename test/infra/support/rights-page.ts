import { rolesOf, type Statement } from './statements.ts';
import { type Properties, type Template, toText } from './template.ts';

/** The rights of every role as one readable page: role, then each action, where, and under which conditions. */
export function toRightsPage(template: Template): string {
  return rolesOf(template)
    .map(({ name, statements, managedPolicies }) => {
      const lines = [...statements.flatMap(toLines), ...managedPolicies.map((arn) => `  by Amazon: ${arn}`)];
      return [toStableName(name), ...lines.sort()].join('\n');
    })
    .sort()
    .join('\n\n')
    .concat('\n');
}

function toLines({ effect, actions, resources, conditions }: Statement): readonly string[] {
  const verb = effect === 'Allow' ? '' : 'NOT ';
  const where = resources.map(toStableName).join(', ');
  const when = conditions ? ` if ${toConditions(conditions)}` : '';
  return actions.map((action) => `  ${verb}${action} on ${where}${when}`);
}

function toConditions(conditions: Properties): string {
  return Object.entries<Properties>(conditions)
    .flatMap(([operator, values]) =>
      Object.entries<Properties>(values).map(
        ([key, value]) => `${key} ${operator} ${toStableName(toText(value))}`,
      ),
    )
    .join(' and ');
}

/** Without the hash that ends a logical id: it changes with the path, and says nothing. */
export function toStableName(text: string): string {
  return text.replaceAll(/(?<=\w)[0-9A-F]{8}(?=[.>/]|$)/g, '');
}
