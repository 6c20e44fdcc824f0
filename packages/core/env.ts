/**
 * Names of the environment variables of the functions: infra sets them, the functions read them, the local run adds
 * the last three. One constant, two sides.
 */
export const ENV = {
  portfolioTable: 'PORTFOLIO_TABLE',
  credentialsTable: 'CREDENTIALS_TABLE',
  /** ARN of the KMS key that seals credentials. */
  sealKey: 'SEAL_KEY_ARN',
  /** ARN of the KMS HMAC key behind fingerprints and cursors. */
  macKey: 'MAC_KEY_ARN',
  stateMachine: 'STATE_MACHINE_ARN',
  startQueue: 'START_QUEUE_URL',
  /** A worker's own queue, for parking. */
  registrarQueue: 'REGISTRAR_QUEUE_URL',
  /** Client id that an access token must have been issued to. */
  clientId: 'CLIENT_ID',
  issuer: 'ISSUER',
  /** IPv4 addresses, comma-separated, from which Namecheap is called; empty when the egress is off. */
  egressAddresses: 'EGRESS_ADDRESSES',
  stage: 'STAGE',
  /** Local run only: JSON of registrar id → origin that replaces environment `simulator`. */
  registrarEndpoints: 'REGISTRAR_ENDPOINTS',
  /** Local run only: origin of the simulators' control port, where demo credentials are read. */
  simulatorControl: 'SIMULATOR_CONTROL_URL',
} as const;

/** Names of the functions, as in `functions/`; of `registrar-worker` there is one for each registrar, `registrar-worker-<id>`. */
export const FUNCTION_NAMES = [
  'api',
  'credentials',
  'start-sync',
  'dispatch-due-syncs',
  'registrar-worker',
  'finish-sync',
  'sweep',
  'dead-letter',
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];
