/** Hard timeouts of the functions, in seconds. A worker's is shorter than the lease of a credential (125 s). */
export const WORKER_TIMEOUT_SECONDS = 120;
export const START_TIMEOUT_SECONDS = 30;
/** The HTTP API gives up after 30 s; the function ends before. */
export const API_TIMEOUT_SECONDS = 29;
export const FINISH_TIMEOUT_SECONDS = 300;
export const SWEEP_TIMEOUT_SECONDS = 280;
