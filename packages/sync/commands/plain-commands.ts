import { toIso } from '#core/ports/clock.ts';
import type { IntegrationCommands } from '#core/ports/commands.ts';
import { startRun } from '../runs/start-run.ts';
import { audit, type CommandDeps } from './command-deps.ts';

type PlainCommands = Pick<IntegrationCommands, 'requestSync' | 'change' | 'acceptListing'>;

/** The commands that touch no credential. */
export function createPlainCommands(deps: CommandDeps): PlainCommands {
  return {
    async requestSync(ref) {
      const start = await startRun(deps, ref, 'MANUAL');
      if (start.started) {
        await audit(deps, ref, 'SYNC_REQUESTED', start.run.runId);
        return { outcome: 'started', run: start.run };
      }
      if (start.why === 'running') return { outcome: 'running', runId: start.runId };
      if (start.why === 'tooSoon') return { outcome: 'tooSoon', retryAfterMs: start.retryAfterMs };
      return { outcome: 'gone' };
    },
    async change(ref, changes, revision) {
      const dueAtMs = changes.paused ? null : deps.clock.now();
      const due = changes.paused === undefined ? {} : { dueAtMs };
      const changed = await deps.integrations.patch(ref, { ...changes, ...due }, revision);
      if (typeof changed !== 'string') await audit(deps, ref, 'INTEGRATION_CHANGED');
      return changed;
    },
    async acceptListing(ref) {
      const integration = await deps.integrations.get(ref);
      if (!integration || integration.deleting) return 'gone';
      if (integration.held === null || integration.held.acceptedAt !== null) return integration;
      const changed = await deps.integrations.patch(ref, { heldAcceptedAt: toIso(deps.clock.now()) });
      if (typeof changed === 'string') return 'gone';
      await audit(deps, ref, 'LISTING_ACCEPTED');
      return changed;
    },
  };
}
