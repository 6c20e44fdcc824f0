import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { ROOT } from './lockfile.ts';

export interface Expression {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** Code that reads what others wrote. Build tools, simulators and the local run read what we wrote ourselves. */
const CHECKED = [
  'packages/{core,registrars,limits,store,vault,sync,api,lambda}/**/*.ts',
  'packages/web/src/**/*.{ts,tsx}',
  'functions/**/*.ts',
];

/** Every regular expression that stands in the product's code. */
export function listExpressions(): readonly Expression[] {
  return CHECKED.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).flatMap((place) => {
    const found: Expression[] = [];
    const { program } = parseSync(place, readFileSync(join(ROOT, place), 'utf8'));
    const visitor = new Visitor({
      Literal(node) {
        if ('regex' in node && node.regex)
          found.push({ place, source: node.regex.pattern, flags: node.regex.flags });
      },
    });
    visitor.visit(program);
    return found;
  });
}

/** Those that some text makes take more than time in proportion to its length. */
export async function listSlow(expressions: readonly Expression[]): Promise<readonly Expression[]> {
  // The checker's own JavaScript, rather than a binary that would have to be there for each machine.
  process.env.RECHECK_BACKEND = 'pure';
  const { check } = await import('recheck');
  const slow: Expression[] = [];
  for (const expression of expressions) {
    const { status } = await check(expression.source, expression.flags);
    if (status !== 'safe') slow.push(expression);
  }
  return slow;
}
