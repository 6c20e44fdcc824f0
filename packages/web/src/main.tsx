import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApi } from './api/api.ts';
import { createHttp } from './api/http.ts';
import { App } from './app.tsx';
import { loadConfig } from './config.ts';
import { createQueryClient } from './data/query-client.ts';
import { StartFailed } from './pages/start-failed.tsx';
import { createAppRouter } from './router.tsx';
import { startSession } from './session/session.ts';
import { applyTheme } from './shell/preferences.ts';

applyTheme();
const container = document.getElementById('app');
if (!container) throw new Error('index.html has no #app');
const root = createRoot(container);
try {
  const config = await loadConfig();
  const session = await startSession(config);
  const context = { config, session, api: createApi(createHttp(session)) };
  root.render(
    <StrictMode>
      <App context={context} router={createAppRouter()} queryClient={createQueryClient()} />
    </StrictMode>,
  );
} catch (error) {
  root.render(<StartFailed error={error} />);
}
