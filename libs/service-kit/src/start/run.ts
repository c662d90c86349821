import { constants } from 'node:os';
import { stackOf } from '@cartage/eventsourcing';
import { environment } from '../settings/settings';
import { StartFailure } from './failure';
import { migrateAll } from './migrate-all';
import { startAll, type Running } from './start-all';
import type { AnyService } from '../service';

const textOf = (error: unknown): string => (error instanceof StartFailure ? error.lines.join('\n') : stackOf(error));

const fail = (error: unknown): never => {
  process.stderr.write(`${textOf(error)}\n`);
  process.exit(error instanceof StartFailure ? error.exitCode : 1);
};

const leave = async ({ log, close }: Running): Promise<number> => {
  try {
    await close();
    log.info('stopped');
    return 0;
  } catch (error) {
    log.error({ err: error }, 'stopping failed');
    return 1;
  }
};

/** npm passes Ctrl-C on to a process that has heard it from the terminal already. Nobody presses twice as fast as that. */
const ECHO_MS = 500;

/** Stops cleanly when told so; a second signal, or too long a stop, forces it. */
const stopWhenTold = (running: Running): void => {
  const { log, stopWithinMs } = running;
  let told: { readonly signal: NodeJS.Signals; readonly at: number } | undefined;
  const force = (why: string): never => {
    log.error(`stopped by force: ${why}`);
    process.exit(1);
  };
  const stop = (signal: NodeJS.Signals): void => {
    if (told?.signal === signal && Date.now() - told.at < ECHO_MS) return;
    if (told) force('told twice');
    told = { signal, at: Date.now() };
    log.info({ signal }, 'stopping');
    setTimeout(() => force(`not done within ${stopWithinMs} ms`), stopWithinMs).unref();
    void leave(running).then((code) => process.exit(code));
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
};

/**
 * The signal ends who is still starting, as it ends every process that does not ask for it. Process 1 of a container would not even notice it, and be waited for
 * until it is killed.
 */
const endWhenTold = (): (() => void) => {
  const end = (signal: NodeJS.Signals): never => process.exit(128 + constants.signals[signal]);
  process.on('SIGTERM', end).on('SIGINT', end);
  return () => void process.off('SIGTERM', end).off('SIGINT', end);
};

/**
 * Runs a program until it is told to stop (SIGTERM, SIGINT). A start that fails for a reason that a person can mend ends with one line for it
 * on standard error, without a stack, and code 78; or 75 where what it needs was away for too long.
 */
export const run = async (start: () => Promise<Running>): Promise<void> => {
  const hearsNoMore = endWhenTold();
  const running = await start().catch(fail);
  hearsNoMore();
  stopWhenTold(running);
  running.log.info({ url: running.url, docs: `${running.url}/docs` }, 'listening');
};

/** Runs one service alone, or makes its tables and ends (`ROLE=migrate`): all that its `main.ts` does. */
export const start = (service: AnyService): Promise<void> =>
  environment()['ROLE'] === 'migrate' ? migrateAll([service], environment()).catch(fail) : run(() => startAll([service]));
