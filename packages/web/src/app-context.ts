import { createContext, use } from 'react';
import type { Api } from './api/api.ts';
import type { Config } from './config.ts';
import type { Session } from './session/session.ts';

/** What every page may use. */
export interface AppContext {
  readonly api: Api;
  readonly session: Session;
  readonly config: Config;
}

const Context = createContext<AppContext | undefined>(undefined);
export const AppProvider = Context.Provider;

/** @throws Error outside of the app */
export function useApp(): AppContext {
  const context = use(Context);
  if (!context) throw new Error('useApp is for components inside AppProvider');
  return context;
}
