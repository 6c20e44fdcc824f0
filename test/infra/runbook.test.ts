import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RUNBOOK, type RunbookSection, toAnchor, toRunbookLink } from '#infra/runbook.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
const headings = [...page.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading.trim());

describe('the runbook', () => {
  test.each(Object.entries(RUNBOOK))('has the section that the alarms call %s', (_section, heading) => {
    expect(headings).toContain(heading);
  });

  test('has no two headings with one anchor', () => {
    const anchors = headings.map(toAnchor);

    expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([]);
  });

  test('is linked to as rendered Markdown names its headings', () => {
    const links = (Object.keys(RUNBOOK) as RunbookSection[]).map(toRunbookLink);

    expect(links).toContain('docs/runbook.md#a-function-comes-close-to-its-timeout');
    expect(new Set(links).size).toBe(links.length);
  });
});
