import type { Article } from './article-tokens.ts';

/** A page of the help: its name in the list, what is in it, and the page itself, loaded when it is opened. */
export interface HelpPage {
  readonly title: string;
  readonly about: string;
  readonly load: () => Promise<{ readonly article: Article }>;
}

/** The pages of the help by their name in the address, in the order in which they are listed. */
export const HELP_PAGES = {
  'first-integration': {
    title: 'Your First Integration',
    about: 'Step-by-step guide to adding your first registrar integration.',
    load: () => import('../../../../../docs/help/first-integration.md'),
  },
  prerequisites: {
    title: 'Prerequisites',
    about: 'How to obtain API credentials from each registrar, and which permissions they need.',
    load: () => import('../../../../../docs/help/prerequisites.md'),
  },
  'domain-sync': {
    title: 'Understanding Domain Sync',
    about: 'What a sync does, when it happens, how long it takes, and what it does not do.',
    load: () => import('../../../../../docs/help/domain-sync.md'),
  },
  troubleshooting: {
    title: 'Troubleshooting',
    about: 'Every message that an integration can show, with its cause and what to do.',
    load: () => import('../../../../../docs/help/troubleshooting.md'),
  },
  security: {
    title: 'Security',
    about: 'How your credentials are kept, what they are used for, and what deletion means.',
    load: () => import('../../../../../docs/help/security.md'),
  },
} as const satisfies Readonly<Record<string, HelpPage>>;

/** The name of a help page in the address. */
export type HelpPageId = keyof typeof HELP_PAGES;

/** Whether there is a help page of that name. */
export function isHelpPage(name: string): name is HelpPageId {
  return Object.hasOwn(HELP_PAGES, name);
}
