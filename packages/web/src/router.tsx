import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router';
import { NotFound } from './pages/not-found.tsx';
import { PageFailed } from './pages/page-failed.tsx';
import { Shell } from './shell/shell.tsx';

/** The query of an address as plain texts: `?status=EXPIRED&q=shop`. Each page reads its own. */
export type Search = Readonly<Record<string, string>>;

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  validateSearch: (search: Record<string, unknown>): Search =>
    Object.fromEntries(
      Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
});
const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/dashboard/dashboard.tsx'), 'Dashboard'),
});
const integrations = createRoute({
  getParentRoute: () => root,
  path: '/integrations',
  component: lazyRouteComponent(() => import('./pages/integrations/integrations.tsx'), 'Integrations'),
});
const chooseRegistrar = createRoute({
  getParentRoute: () => root,
  path: '/integrations/new',
  component: lazyRouteComponent(() => import('./pages/connect/choose-registrar.tsx'), 'ChooseRegistrar'),
});
const connect = createRoute({
  getParentRoute: () => root,
  path: '/integrations/new/$registrar',
  component: lazyRouteComponent(() => import('./pages/connect/connect.tsx'), 'Connect'),
});
const credentials = createRoute({
  getParentRoute: () => root,
  path: '/integrations/$id/credentials',
  component: lazyRouteComponent(() => import('./pages/connect/update-credentials.tsx'), 'UpdateCredentials'),
});
const domain = createRoute({
  getParentRoute: () => root,
  path: '/domains/$name',
  component: lazyRouteComponent(() => import('./pages/domain/domain.tsx'), 'DomainPage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings.tsx'), 'SettingsPage'),
});
const help = createRoute({
  getParentRoute: () => root,
  path: '/help',
  component: lazyRouteComponent(() => import('./pages/help/help.tsx'), 'Help'),
});
const helpPage = createRoute({
  getParentRoute: () => root,
  path: '/help/$page',
  component: lazyRouteComponent(() => import('./pages/help/help.tsx'), 'HelpArticle'),
});

const routeTree = root.addChildren([
  dashboard,
  integrations,
  chooseRegistrar,
  connect,
  credentials,
  domain,
  settings,
  help,
  helpPage,
]);

/** Makes the router. Without a history it is the browser's address. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    ...(history && { history }),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString().replaceAll('%2C', ',');
      return text === '' ? '' : `?${text}`;
    },
    defaultPreload: 'intent',
    defaultErrorComponent: PageFailed,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
