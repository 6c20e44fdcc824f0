import type { Story } from '../story.ts';

const page = (id: string, shows: string): Story => ({
  id: `help-${id}`,
  title: id.replaceAll('-', ' '),
  path: `/help/${id}`,
  portfolio: { count: 12 },
  shows,
});

/** The guide. */
export const HELP_STORIES: readonly Story[] = [
  { id: 'help', title: 'All pages', path: '/help', portfolio: { count: 12 }, shows: 'Getting Help' },
  page('first-integration', 'Your First Integration'),
  page('prerequisites', 'Prerequisites'),
  page('domain-sync', 'Understanding Domain Sync'),
  page('troubleshooting', 'Troubleshooting'),
  page('security', 'Security'),
  page('no-such-page', 'There is no such help page'),
];
