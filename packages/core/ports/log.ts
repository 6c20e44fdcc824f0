/** The only fields that a log line may carry: ids, codes and numbers, never a value from a registrar or a person. */
export interface LogFields {
  readonly tenantId?: string;
  readonly integrationId?: string;
  readonly runId?: string;
  readonly registrar?: string;
  readonly step?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly status?: number;
  readonly path?: string;
  readonly attempt?: number;
  readonly hop?: number;
  readonly count?: number;
  readonly calls?: number;
  readonly ms?: number;
  /** Name of an error class; messages of foreign errors are not logged. */
  readonly error?: string;
}

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
