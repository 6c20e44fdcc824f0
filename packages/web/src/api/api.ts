import type { Http } from './http.ts';
import type {
  DomainDetail,
  DomainList,
  DomainRecords,
  Export,
  Integration,
  IntegrationChanges,
  IntegrationList,
  NewCredentials,
  NewIntegration,
  RegistrarList,
  Settings,
  SettingsChanges,
  SyncRun,
  SyncRunList,
} from './types.gen.ts';

export type Api = ReturnType<typeof createApi>;

/** Every call of the API that the app makes, by name. All throw what {@link Http} throws. */
export function createApi(http: Http) {
  const integration = (id: string) => `/v1/integrations/${encodeURIComponent(id)}`;
  const domain = (name: string) => `/v1/domains/${encodeURIComponent(name)}`;
  const after = (cursor: string | null) => (cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`);
  return {
    listRegistrars: () => http.get<RegistrarList>('/v1/registrars'),
    listIntegrations: (signal?: AbortSignal) => http.get<IntegrationList>('/v1/integrations', signal),
    addIntegration: (body: NewIntegration, idempotencyKey: string) =>
      http.send<Integration>('POST', '/v1/integrations', { body, idempotencyKey }),
    changeIntegration: (id: string, body: IntegrationChanges) =>
      http.send<Integration>('PATCH', integration(id), { body }),
    replaceCredentials: (id: string, body: NewCredentials) =>
      http.send<Integration>('PUT', `${integration(id)}/credentials`, { body }),
    startSync: (id: string) => http.send<SyncRun>('POST', `${integration(id)}/sync`),
    acceptListing: (id: string) => http.send<unknown>('POST', `${integration(id)}/listing/accept`),
    removeIntegration: (id: string) => http.send<void>('DELETE', integration(id)),
    listRuns: (id: string, signal?: AbortSignal) =>
      http.get<SyncRunList>(`${integration(id)}/runs?limit=20`, signal),
    /** A page of all domains, 1,000 at the most, soonest expiry first. */
    listDomains: (cursor: string | null, signal?: AbortSignal) =>
      http.get<DomainList>(`/v1/domains?limit=1000${after(cursor)}`, signal),
    readDomain: (name: string, signal?: AbortSignal) => http.get<DomainDetail>(domain(name), signal),
    readRecords: (name: string, integrationId: string, signal?: AbortSignal) =>
      http.get<DomainRecords>(
        `${domain(name)}/records?integration=${encodeURIComponent(integrationId)}`,
        signal,
      ),
    readSettings: (signal?: AbortSignal) => http.get<Settings>('/v1/settings', signal),
    changeSettings: (body: SettingsChanges) => http.send<Settings>('PATCH', '/v1/settings', { body }),
    /** A part of everything that is kept; the last has no cursor. */
    readExport: (cursor: string | null) =>
      http.get<Export>(`/v1/export${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`),
    deleteAccount: () => http.send<void>('DELETE', '/v1/account'),
  };
}
