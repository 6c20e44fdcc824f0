/** What a deployment tells the app, from `/config.json`. */
export interface Config {
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  /** A run on one machine, where any name signs in. */
  readonly local: boolean;
  /** Where people find help: an https: or mailto: URL. */
  readonly supportUrl?: string;
}

/** Reads `/config.json`. @throws Error when it isn't there or isn't a configuration. */
export async function loadConfig(): Promise<Config> {
  const answer = await fetch('/config.json', { cache: 'no-store' });
  const value: unknown = answer.ok ? await answer.json() : undefined;
  if (!isConfig(value)) throw new Error('/config.json holds no configuration');
  return value;
}

function isConfig(value: unknown): value is Config {
  const { issuer, clientId, audience } = Object(value) as Partial<Record<keyof Config, unknown>>;
  return [issuer, clientId, audience].every((text) => typeof text === 'string');
}
