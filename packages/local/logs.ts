import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { InvokeOutcome } from './lambda/messages.ts';

/** Where one function's output goes: a file of JSON lines. */
export interface FunctionLog {
  write(stream: 'stdout' | 'stderr', chunk: string): void;
  report(requestId: string, durationMs: number, outcome: InvokeOutcome): void;
}

/** Writes a line of facts about the local run itself. Never a token, a body or a credential. */
export type PlatformLog = (message: string, facts?: Readonly<Record<string, unknown>>) => void;

/** The log files of a data folder. */
export interface Logs {
  forFunction(name: string): FunctionLog;
  readonly platform: PlatformLog;
}

const maxBytes = 16 * 1024 * 1024;

/** Opens `logs/` in the data folder: one file a function, and `local.log` for the stand-ins. */
export function openLogs(dataDir: string): Logs {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const platform = openFile(join(folder, 'local.log'));
  return {
    platform: (message, facts = {}) =>
      platform(JSON.stringify({ time: new Date().toISOString(), message, ...facts })),
    forFunction(name) {
      const append = openFile(join(folder, `${name}.log`));
      const rest = { stdout: '', stderr: '' };
      return {
        write(stream, chunk) {
          const lines = (rest[stream] + chunk).split('\n');
          rest[stream] = lines.pop() ?? '';
          for (const line of lines) if (line !== '') append(toJsonLine(stream, line));
        },
        report(requestId, durationMs, outcome) {
          const status = outcome.ok ? 'success' : outcome.error.errorType;
          const record = { requestId, status, durationMs: Math.round(durationMs) };
          const reason = outcome.ok ? {} : { error: outcome.error };
          append(
            JSON.stringify({ time: new Date().toISOString(), type: 'platform.report', record, ...reason }),
          );
        },
      };
    },
  };
}

function toJsonLine(stream: string, line: string): string {
  if (line.startsWith('{') && line.endsWith('}')) return line;
  return JSON.stringify({ time: new Date().toISOString(), stream, message: line });
}

/** Appends lines, and starts a new file (one old one is kept) when it has grown to 16 MiB. */
function openFile(path: string): (line: string) => void {
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return (line) => {
    if (size > maxBytes) {
      renameSync(path, `${path}.1`);
      size = 0;
    }
    appendFileSync(path, `${line}\n`, { mode: 0o600 });
    size += Buffer.byteLength(line) + 1;
  };
}
