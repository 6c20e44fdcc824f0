import './stories.css';
import { createMemoryHistory } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { createApi } from '../../../packages/web/src/api/api.ts';
import { createHttp } from '../../../packages/web/src/api/http.ts';
import type { Domain } from '../../../packages/web/src/api/types.gen.ts';
import { App } from '../../../packages/web/src/app.tsx';
import { KEYS } from '../../../packages/web/src/data/keys.ts';
import { createQueryClient } from '../../../packages/web/src/data/query-client.ts';
import { toDomainRow } from '../../../packages/web/src/model/domain-row.ts';
import { createAppRouter } from '../../../packages/web/src/router.tsx';
import { applyTheme, setPreferences } from '../../../packages/web/src/shell/preferences.ts';
import { makePortfolio } from '../support/portfolio.ts';
import { createFakeApi, type FakeApi } from './fake-api.ts';
import { createFakeSession } from './fake-session.ts';
import { pause, runSteps, waitFor } from './run-steps.ts';
import { STORIES } from './stories.ts';
import type { Story } from './story.ts';
import { StoryList } from './story-list.tsx';

/** `/` lists the stories, `/?story=<id>` shows one: the app itself, on an API and a session that are made up. */
const container = document.getElementById('app');
if (!container) throw new Error('index.html has no #app');
const root = createRoot(container);
applyTheme();
const wanted = new URLSearchParams(location.search).get('story');
const story = STORIES.find(({ id }) => id === wanted);
if (!story) root.render(<StoryList stories={STORIES} />);
// no await at the top: pages that are loaded later import from this very file, and would wait for its end
else
  void show(root, story).then(() => {
    // for tests: the state is there
    document.documentElement.dataset.story = 'ready';
  });

async function show(into: Root, { steps = [], ...told }: Story): Promise<void> {
  const { path = '/', change = (portfolio) => portfolio, preferences, isLocal = false } = told;
  // drafts of forms
  sessionStorage.clear();
  setPreferences({
    sidebar: 'wide',
    density: 'comfortable',
    dates: 'relative',
    shortcuts: 'on',
    ...preferences,
  });
  const portfolio = change(makePortfolio(told.portfolio));
  const fake = createFakeApi(portfolio, told.answers);
  const session = createFakeSession(told.session);
  const config = {
    issuer: 'https://issuer.example',
    clientId: 'stories',
    audience: 'https://api.example',
    local: isLocal,
    supportUrl: 'mailto:support@example.com',
  };
  const queryClient = createQueryClient();
  const { queries, ...others } = queryClient.getDefaultOptions();
  // what fails is there at once
  queryClient.setDefaultOptions({ ...others, queries: { ...queries, retryDelay: 0 } });
  if (told.isCached) {
    const rows = portfolio.domains.map((domain) => toDomainRow(domain as Domain));
    queryClient.setQueryData(KEYS.domains, { rows, isComplete: true }, { updatedAt: 0 });
  }
  const router = createAppRouter(createMemoryHistory({ initialEntries: [path] }));
  const context = { config, session, api: createApi(createHttp(session, fake.fetch)) };
  into.render(
    <StrictMode>
      <App context={context} router={router} queryClient={queryClient} />
    </StrictMode>,
  );
  await settle(fake);
  await runSteps(steps);
  await settle(fake);
}

const QUIET_MS = 60;

/** Until there is a page, and all answers came that will come, and the page has drawn them. */
async function settle(fake: FakeApi): Promise<void> {
  await waitFor('a heading', () => document.querySelector('h1'));
  // skeletons show after 150 ms, and parts of the code come when they are wanted
  await waitFor('silence', () => document.querySelector('[aria-busy=true]') === null || isLate());
  for (let quietMs = 0; quietMs < QUIET_MS; quietMs += 20) {
    await pause();
    if (fake.pending > 0) quietMs = 0;
  }
}

const LATE_MS = 600;
const startedMs = performance.now();
const isLate = (): boolean => performance.now() - startedMs > LATE_MS;
