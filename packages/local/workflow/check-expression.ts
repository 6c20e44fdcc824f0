import { parseExpression } from './expressions.ts';

/**
 * What is wrong with a JSONata expression before it runs: syntax, and `$eval`, which Step Functions doesn't have.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html verified 2026-11-23
 */
export function checkExpression(expression: string): string[] {
  try {
    return mentionsEval(parseExpression(expression))
      ? ['$eval is not there in Step Functions (use $parse)']
      : [];
  } catch (error) {
    return [`JSONata: ${(error as { message?: string }).message} (in ${expression})`];
  }
}

function mentionsEval(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(mentionsEval);
  const { type, value } = node as { type?: unknown; value?: unknown };
  return (type === 'variable' && value === 'eval') || Object.values(node).some(mentionsEval);
}
