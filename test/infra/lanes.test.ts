import { expect, test } from 'vitest';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { LANES } from '#infra/stack.ts';
import { REGISTRARS } from '#registrars/index.ts';

test.each(REGISTRAR_IDS)('the Map works on as many ranges of %s at once as its limit has lanes', (id) => {
  expect(LANES[id]).toBe(REGISTRARS[id].limits.lanes);
});
