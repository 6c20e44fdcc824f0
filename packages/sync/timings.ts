/** The spans that hold a sync together; their order is what makes it safe (architecture: timeout < lease < visibility). */

/** A worker starts no new call after this long; its hard timeout is 120 s. */
export const WORK_MS = 80_000;
/** The longest that a worker sleeps for a turn; beyond it the message is parked. */
export const MAX_SLEEP_MS = 5_000;
/** How often a run lets the turns of a limit gather before a range: at the first, and so many after it. */
export const GATHER_EVERY_RANGES = 32;
/** Turns closer together than this stay as they are. */
export const GATHER_FROM_MS = 3_000;
/** The longest that a range waits for turns to gather. */
export const MAX_GATHER_MS = 30_000;
/** The longest delay that SQS takes. */
export const MAX_PARK_SECONDS = 900;
/** After how long a copy of a message looks whether the first is done: longer than a worker lives, and its claim lasts. */
export const COPY_WAIT_SECONDS = 126;
/** How long after its planned wake-up a run counts as alive. */
export const RUN_LEASE_MS = 15 * 60_000;
/** How much of the lease must be left when a parked message wakes up; less is extended, and each extension costs. */
export const PARKED_LEASE_MS = 5 * 60_000;
/** How much must be left when a delivery begins: its work, and calls that are under way when it ends. */
export const WORKING_LEASE_MS = WORK_MS + 20_000;
/** How long a run may take from its start to the first delivery before the sweep looks after it. */
export const FIRST_LEASE_MS = 2 * 60_000;
/** How often a worker looks whether its run still holds the fence. */
export const FENCE_CHECK_MS = 10_000;
/** How long a run may spend on zones; it ends in part then, and the next goes on where it stopped. */
export const ZONE_BUDGET_MS = 20 * 3_600_000;
/** How long a registrar may keep answering "too many" before the run gives up. */
export const MAX_THROTTLED_MS = 3_600_000;
/** How long to stay away where a registrar says "too many" without saying until when. */
export const DEFAULT_THROTTLE_MS = 60_000;
/** And at least so much of the time for which it has been saying so already, up to the quarter of an hour. */
export const THROTTLE_SHARE = 0.25;
export const RAREST_THROTTLE_MS = 15 * 60_000;
/** How often people are told of progress within a range: at first, and as a share of the run's age later. */
export const PROGRESS_MS = 4_000;
export const PROGRESS_SHARE = 0.1;
/** And in a sync of the schedule. */
export const UNWATCHED_PROGRESS_MS = 5 * 60_000;
/** How often one zone is asked for. */
export const ZONE_ATTEMPTS = 3;
/** Rows written at the same time. */
export const WRITES_IN_FLIGHT = 48;
/** A week, after which an integration is due again. */
export const SYNC_PERIOD_MS = 7 * 86_400_000;
/** How long after a refused start the scheduler tries again. */
export const REFUSED_START_MS = 3_600_000;
/** Refusals in a row after which scheduled syncs stop. */
export const MAX_REFUSALS = 3;
/** Between a deletion and its second clearing: the longest timeout of a function that writes (300 s) and 60 s. */
export const CLEAR_AGAIN_MS = 360_000;
