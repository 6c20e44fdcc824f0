import { CONNECT_STORIES } from './stories/connect-stories.ts';
import { DASHBOARD_STORIES } from './stories/dashboard-stories.ts';
import { DOMAIN_STORIES } from './stories/domain-stories.ts';
import { FAILURE_STORIES } from './stories/failure-stories.ts';
import { HELP_STORIES } from './stories/help-stories.ts';
import { INTEGRATIONS_STORIES } from './stories/integrations-stories.ts';
import { SETTINGS_STORIES } from './stories/settings-stories.ts';
import { SHELL_STORIES } from './stories/shell-stories.ts';
import { SIGN_IN_STORIES } from './stories/sign-in-stories.ts';
import type { Story } from './story.ts';

/** Every page in every state, page by page. */
export const STORIES: readonly Story[] = [
  ...SIGN_IN_STORIES,
  ...DASHBOARD_STORIES,
  ...INTEGRATIONS_STORIES,
  ...FAILURE_STORIES,
  ...CONNECT_STORIES,
  ...DOMAIN_STORIES,
  ...SETTINGS_STORIES,
  ...HELP_STORIES,
  ...SHELL_STORIES,
];
