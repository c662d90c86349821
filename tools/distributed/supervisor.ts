import { setTimeout as pause } from 'node:timers/promises';
import { StartFailure } from '@cartage/service-kit';
import type { ServerProcess } from '@cartage/testkit';

/** A service that is started again whenever it ends and nobody told it to. */
export interface Supervised {
  readonly service: ServerProcess;
  /** When its first start is over: it answers, or ended and is started again. Fails when that would be in vain. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  /** Hears a line for each end and each new start. */
  readonly say: (line: string) => void;
  readonly firstPauseMs?: number;
}

/** EX_CONFIG of sysexits.h, with which a service refuses its settings. */
export const WRONG_CONFIGURATION = 78;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Whoever ran for so long was well: its next end is a new trouble, and not the old one again. */
const STEADY_MS = 60_000;
const LAST_LINES = 5;

const startFirst = async (service: ServerProcess): Promise<void> => {
  try {
    await service.start();
  } catch (error) {
    const program = service.current();
    if (!program.hasEnded()) throw error;
    const code = await program.ended;
    if (code === WRONG_CONFIGURATION) throw new StartFailure([`${service.name} cannot start:`, program.output.last(LAST_LINES).trim()]);
  }
};

const startAgain = async (service: ServerProcess, say: SupervisorOptions['say']): Promise<void> => {
  try {
    await service.start();
    say(`${service.name} answers again.`);
  } catch {
    // An end is told by whoever waits for it; a process that is there but not ready yet may become so.
    if (!service.current().hasEnded()) say(`${service.name} was started again and is not ready yet.`);
  }
};

/** 128 + SIGTERM. */
const ENDED_BY_SIGNAL = 143;

/** One that is still starting knows nothing yet of an orderly stop: the signal ends it, and that is as good. */
const stopOrEnd = async (service: ServerProcess): Promise<void> => {
  try {
    await service.stop();
  } catch (error) {
    const program = service.current();
    if (!program.hasEnded() || (await program.ended) !== ENDED_BY_SIGNAL) throw error;
  }
};

/** Until told to stop: each end is told, and followed by a pause that grows as long as the ends follow each other closely. */
const keepAlive = async (
  service: ServerProcess,
  signal: AbortSignal,
  { say, firstPauseMs }: Required<SupervisorOptions>,
): Promise<void> => {
  let startedAt = performance.now();
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    // Told while it was being started, it has not heard of it yet.
    if (signal.aborted) return stopOrEnd(service);
    const code = await service.current().ended;
    if (signal.aborted) return;
    if (performance.now() - startedAt > STEADY_MS) pauseMs = firstPauseMs;
    say(`${service.name} ended by itself with code ${code}; it is started again in ${pauseMs / 1000} s.`);
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    startedAt = performance.now();
    await startAgain(service, say);
  }
};

/** Starts a service and sees to it that it runs until it is told to stop. */
export const supervise = (service: ServerProcess, { say, firstPauseMs = FIRST_PAUSE_MS }: SupervisorOptions): Supervised => {
  const stopping = new AbortController();
  const first = startFirst(service);
  const kept = first.then(
    () => keepAlive(service, stopping.signal, { say, firstPauseMs }),
    () => undefined,
  );
  return {
    service,
    ready: first,
    stop: async () => {
      stopping.abort();
      await stopOrEnd(service);
      await kept;
    },
  };
};
