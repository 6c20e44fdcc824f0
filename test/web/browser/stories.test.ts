import { DASHBOARD_STORIES } from '../stories/stories/dashboard-stories.ts';
import { HELP_STORIES } from '../stories/stories/help-stories.ts';
import { SETTINGS_STORIES } from '../stories/stories/settings-stories.ts';
import { SHELL_STORIES } from '../stories/stories/shell-stories.ts';
import { SIGN_IN_STORIES } from '../stories/stories/sign-in-stories.ts';
import { testStories } from '../support/story-tests.ts';

/** The pages that aren't of one account or one domain; those are in stories-accounts.test.ts. */
testStories(
  [...SIGN_IN_STORIES, ...DASHBOARD_STORIES, ...SETTINGS_STORIES, ...HELP_STORIES, ...SHELL_STORIES],
  new Set(['signin', 'dashboard', 'settings', 'help', 'help-troubleshooting', 'palette-found', 'not-found']),
);
