import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DomainJson, RrsetJson } from '#api/schemas/domain.ts';
import { IntegrationJson } from '#api/schemas/integration.ts';
import { RegistrarJson } from '#api/schemas/registrar.ts';
import { RunJson } from '#api/schemas/run.ts';
import { SettingsJson, SummaryJson } from '#api/schemas/tenant.ts';
import { toDomainName, toUnicodeName } from '#core/names.ts';
import { compareRdata, toRdata } from '#core/rdata.ts';
import { toCardStatus, toLifecycle } from '#core/statuses.ts';
import { makePortfolio, makeRrsets } from '../support/portfolio.ts';

/** The made-up data is what the real API could say: held against the product, which it doesn't import. */

const now = Date.parse('2026-11-23T12:00:00Z');

const Whole = z.object({
  registrars: z.array(RegistrarJson),
  integrations: z.array(IntegrationJson),
  domains: z.array(DomainJson),
  runs: z.map(z.string(), z.array(RunJson)),
  summary: SummaryJson,
  settings: SettingsJson,
});

describe.each([0, 1, 12, 1_204, 10_000])('a portfolio of %i domains', (count) => {
  const portfolio = makePortfolio({ count, now, states: 'varied' });
  const { domains, integrations, summary } = portfolio;

  test('has the form of the API, and is the same each time', () => {
    expect(Whole.safeParse(portfolio).error?.message).toBeUndefined();
    expect(makePortfolio({ count, now, states: 'varied' })).toEqual(portfolio);
    expect(domains).toHaveLength(count);
  });

  test('has names and states as the product would write them', () => {
    const wrong = domains.filter((domain) => {
      const facts = { ...domain, registrarState: null };
      return (
        toDomainName(domain.name) !== domain.name ||
        toUnicodeName(domain.name) !== domain.unicodeName ||
        toCardStatus(facts, now, 30) !== domain.status ||
        toLifecycle(facts, now, 30) !== domain.lifecycle
      );
    });

    expect(wrong).toEqual([]);
  });

  test('adds up', () => {
    const sum = (pick: (counts: IntegrationJson['counts']) => number) =>
      integrations.reduce((total, { counts }) => total + pick(counts), 0);

    expect([summary.total, summary.active, summary.expiringSoon, summary.expired]).toEqual([
      sum(({ total }) => total),
      sum(({ active }) => active),
      sum(({ expiringSoon }) => expiringSoon),
      sum(({ expired }) => expired),
    ]);
    expect(summary.byRegistrar.reduce((total, each) => total + each.total, 0)).toBe(count);
    expect(new Set(domains.map(({ name, integrationId }) => `${name} ${integrationId}`)).size).toBe(count);
  });
});

test('a large portfolio has all that a page has to bear', () => {
  const { domains } = makePortfolio({ count: 1_204, now });
  const values = (pick: (domain: DomainJson) => unknown) => new Set(domains.map(pick));

  expect(Math.max(...domains.map(({ name }) => name.length))).toBe(253);
  expect(domains.some(({ unicodeName }) => /\p{Script=Hebrew}|\p{Script=Arabic}/u.test(unicodeName))).toBe(
    true,
  );
  expect(values(({ registrar }) => registrar).size).toBe(5);
  expect(values(({ lifecycle }) => lifecycle).size).toBe(9);
  expect(values(({ dns }) => dns.status).size).toBe(5);
  expect(values(({ seen }) => seen)).toEqual(new Set(['PRESENT', 'MISSING']));
  expect(values(({ registeredHere }) => registeredHere)).toEqual(new Set([true, false]));
  expect(values(({ name }) => name).size).toBeLessThan(domains.length);
  for (const pick of [
    ({ autoRenew }: DomainJson) => autoRenew,
    ({ locked }: DomainJson) => locked,
    ({ privacy }: DomainJson) => privacy,
  ]) {
    expect(values(pick)).toEqual(new Set([true, false, null]));
  }
});

test('records are in the form in which the product keeps them', () => {
  for (const { name } of makePortfolio({ count: 200, now }).domains) {
    for (const set of makeRrsets(name)) {
      expect(RrsetJson.safeParse(set).success).toBe(true);
      const context = { zone: name, targets: 'never' } as const;
      const kept = set.records.map((text) => toRdata(set.type, { form: 'presentation', text }, context));
      expect(kept).toEqual(set.records.toSorted((a, b) => compareRdata(set.type, a, b)));
    }
  }
});
