import type { Story } from '../story.ts';

const small = { count: 120 };
const SEARCH = 'Search pages, actions and domains';

/** What lies over the pages, and what stands in their place. */
export const SHELL_STORIES: readonly Story[] = [
  {
    id: 'palette',
    title: 'Palette',
    path: '/settings',
    portfolio: small,
    steps: [
      { key: 'k', ctrl: true },
      { fill: SEARCH, with: '' },
    ],
    shows: 'Toggle theme',
  },
  {
    id: 'palette-found',
    title: 'Palette: found',
    path: '/settings',
    portfolio: small,
    steps: [
      { key: 'k', ctrl: true },
      { fill: SEARCH, with: 'labs' },
    ],
    shows: 'winterlabs.co.uk',
  },
  {
    id: 'palette-nothing',
    title: 'Palette: nothing found',
    path: '/settings',
    portfolio: small,
    steps: [
      { key: 'k', ctrl: true },
      { fill: SEARCH, with: 'qqqqqq' },
    ],
    shows: "No results for 'qqqqqq'.",
  },
  {
    id: 'shortcuts',
    title: 'List of keys',
    path: '/settings',
    portfolio: small,
    steps: [{ key: '?' }],
    shows: 'Next, previous row (Dashboard)',
  },
  { id: 'not-found', title: 'No such page', path: '/nowhere', shows: 'There is nothing at this address' },
  {
    id: 'page-failed',
    title: 'A page broke',
    path: '/integrations',
    isBroken: true,
    // an answer that the API never gives
    answers: { 'GET /v1/integrations': { body: { items: [{ id: 'broken', status: 'SYNCED' }] } } },
    shows: 'Something went wrong on our side',
  },
];
