import type { NoticeCode, SyncCode } from '#core/errors.ts';
import type { Integration } from '#core/integration.ts';
import type { IntegrationRef } from '#core/ports/stores.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import type { RunStatus, SyncRun } from '#core/sync-run.ts';
import type { Stage, StageOptions } from './stage.ts';

/** What a run must have come to while the fault lasted. */
export interface Expectation {
  /** One of these. */
  readonly status: RunStatus | readonly RunStatus[];
  /** The code that a FAILED run must have. */
  readonly code?: SyncCode;
  /** A notice that must be there; none may be there that is held or partial unless it is told here. */
  readonly notice?: NoticeCode;
  /** The code that zones which could not be read must show. */
  readonly zoneCode?: SyncCode | 'LISTING_SHRANK';
  /** The longest that the run may take, in virtual ms. @default three minutes */
  readonly mostMs?: number;
  /** How often the registrar may be called. @default six times what a sync without faults takes */
  readonly mostCalls?: number;
  /** The longest between two calls, in virtual ms. */
  readonly mostPauseMs?: number;
  /** How much memory (RSS) the sync may take more than it had, in MB. */
  readonly mostMegabytes?: number;
}

/** How the stored portfolio must stand to the registrar's once the fault is over and a sync has run. */
type Recovery =
  /** Equal to it. */
  | 'equal'
  /** As it was before: the listing is still held for a person to look at. */
  | 'held'
  /** The credentials are still refused. */
  | 'refused';

/** One fault, at one registrar, in one form. */
export interface Scenario {
  /** Its number in the catalogue: F01 to F48. */
  readonly fault: string;
  readonly variant: string;
  readonly registrar: RegistrarId;
  readonly stage?: StageOptions;
  /** Begins the fault, after a first sync that went well. */
  begin(stage: Stage, ref: IntegrationRef): void | Promise<void>;
  /** The fault begins once the run has started. */
  readonly isWithinRun?: boolean;
  /** The run may need the sweep, which comes every five minutes. */
  readonly isSwept?: boolean;
  /** Workers' clocks are wrong, so that they can't keep the registrar's limit. */
  readonly isSkewed?: boolean;
  /** Ends what `heal` doesn't. */
  end?(stage: Stage): void | Promise<void>;
  readonly expect: Expectation;
  /** @default 'equal' */
  readonly recovery?: Recovery;
  /** Further things that must hold, as a list of what is wrong. */
  also?(stage: Stage, during: Observed): readonly string[] | Promise<readonly string[]>;
  /** The fault may leave no trace that calls could count, such as a shifting page. */
  readonly isSilent?: boolean;
}

/** A run that has ended, and what it took. */
export interface Observed {
  readonly run: SyncRun;
  readonly integration: Integration;
  readonly calls: number;
  readonly ms: number;
  readonly sentMs: readonly number[];
  readonly megabytes: number;
}
