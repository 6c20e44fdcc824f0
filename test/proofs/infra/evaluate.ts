import type { Statement } from '#test/infra/support/statements.ts';

/** A request as IAM sees it. Keys of the context in lower case; a key with several values is a list. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

type Operands = Readonly<Record<string, string | boolean | readonly string[]>>;

/**
 * Whether a role's statements allow a request: a matching Allow, and no matching Deny. Knows the operators that the stack
 * uses, among them those on a KMS encryption context, and refuses to judge by one that it doesn't know.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html verified 2026-11-29
 */
export function isAllowed(statements: readonly Statement[], request: Request): boolean {
  const applies = (statement: Statement) =>
    statement.actions.some((pattern) => isLike(pattern, request.action)) &&
    statement.resources.some((pattern) => isLike(pattern, request.resource)) &&
    Object.entries((statement.conditions ?? {}) as Record<string, Operands>).every(([operator, operands]) =>
      Object.entries(operands).every(([key, wanted]) =>
        isMet(operator, request.context[key.toLowerCase()], [wanted].flat().map(String)),
      ),
    );
  const matching = statements.filter(applies);
  return matching.length > 0 && matching.every(({ effect }) => effect === 'Allow');
}

function isMet(
  operator: string,
  given: string | readonly string[] | undefined,
  wanted: readonly string[],
): boolean {
  const values = given === undefined ? [] : [given].flat();
  switch (operator) {
    case 'StringEquals':
      return values.length === 1 && wanted.includes(values[0] as string);
    case 'StringEqualsIfExists':
      return values.length === 0 || wanted.includes(values[0] as string);
    case 'Null':
      return wanted.includes(String(values.length === 0));
    case 'ForAllValues:StringEquals':
      return values.every((value) => wanted.includes(value));
    case 'Bool':
      return values.length === 1 && wanted.includes(values[0] as string);
    default:
      throw new Error(`the condition ${operator} is not known here`);
  }
}

/** A name or ARN against a pattern: `*` is anything. */
function isLike(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern.toLowerCase() === text.toLowerCase();
  const escaped = [first, ...rest].map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 'i').test(text);
}
