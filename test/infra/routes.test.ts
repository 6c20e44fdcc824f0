import { describe, expect, test } from 'vitest';
import { ROUTES } from '#api/route-list.ts';
import { intakeRoutes } from '#api/routes/intake.ts';
import { INTAKE_ROUTES, OPEN_ROUTES } from '#infra/routes.ts';

const toKey = ({ method, path }: { method: string; path: string }) => `${method.toUpperCase()} ${path}`;

describe('the routes of the gateway', () => {
  test('send to the intake what the intake serves', () => {
    expect([...INTAKE_ROUTES].sort()).toEqual(intakeRoutes.map(toKey).sort());
  });

  test('leave open what the API serves without a token', () => {
    const open = ROUTES.filter(({ security }) => security?.length === 0).map(toKey);

    expect([...OPEN_ROUTES].sort()).toEqual(open.sort());
  });
});
