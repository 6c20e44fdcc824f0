import { describe } from 'vitest';
import { REGISTRARS } from '#registrars/index.ts';
import { testRegistrar } from './contract.ts';

/** A page that is full says nothing of a next one: the end shows in a page that isn't. */
const untilShort = (pageSize: number) => (domains: number) => Math.floor(domains / pageSize) + 1;
/** The total is told: the last page is known when it comes. */
const untilTotal = (pageSize: number) => (domains: number) => Math.max(1, Math.ceil(domains / pageSize));

describe('GoDaddy', () => {
  testRegistrar({ definition: REGISTRARS.godaddy, listCalls: untilShort(1_000) });
});
describe('Namecheap', () => {
  testRegistrar({ definition: REGISTRARS.namecheap, listCalls: untilTotal(100) });
});
describe('Gandi', () => {
  testRegistrar({ definition: REGISTRARS.gandi, listCalls: untilTotal(REGISTRARS.gandi.pageSize) });
});
describe('Porkbun', () => {
  testRegistrar({ definition: REGISTRARS.porkbun, listCalls: untilShort(1_000) });
});
describe('Name.com', () => {
  testRegistrar({ definition: REGISTRARS.namecom, listCalls: untilTotal(1_000) });
});
