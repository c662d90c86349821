import { eventually } from '../eventually';
import { startProgram, type Program, type ProgramPlan } from './program';

export interface ServerPlan extends ProgramPlan {
  /** Its own for ever, so that it is found where it was after a restart. */
  readonly port: number;
  /** How long a start may take until it is ready. */
  readonly readyWithinMs?: number;
}

/** A program that answers HTTP, and may be started again on the same port and the same data after it was stopped or killed. */
export interface ServerProcess {
  readonly name: string;
  readonly url: string;
  /** The process that runs now, or ran last. */
  current(): Program;
  /** Done when `/health/ready` says so. */
  start(): Promise<void>;
  /** Cleanly: fails unless it ends with code 0. */
  stop(): Promise<void>;
  /** As a crash would, also in the midst of a start. */
  kill(): Promise<void>;
}

const READY_MS = 60_000;
const LAST_LINES = 40;

const requireReady = async (url: string): Promise<void> => {
  const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(20_000) });
  if (!response.ok) throw new Error(`${url}/health/ready answered ${response.status}: ${await response.text()}`);
};

const untilReady = async (program: Program, url: string, withinMs: number): Promise<void> => {
  try {
    await eventually(() => (program.hasEnded() ? undefined : requireReady(url)), { withinMs, everyMs: 100 });
  } catch (cause) {
    throw new Error(`${program.name} was not ready within ${withinMs} ms. It said last:\n${program.output.last(LAST_LINES)}`, { cause });
  }
  if (program.hasEnded())
    throw new Error(`${program.name} ended with code ${await program.ended} while it started:\n${program.output.last(LAST_LINES)}`);
};

/** A server as a process; nothing runs until `start`. */
export const serverProcess = ({ port, readyWithinMs = READY_MS, ...plan }: ServerPlan): ServerProcess => {
  const url = `http://127.0.0.1:${port}`;
  let program: Program | undefined;
  let spawning: Promise<Program> | undefined;
  const current = (): Program => {
    if (!program) throw new Error(`${plan.program} was never started.`);
    return program;
  };
  return {
    name: plan.program,
    url,
    current,
    start: async () => {
      if (program && !program.hasEnded()) throw new Error(`${plan.program} runs already.`);
      spawning = startProgram({ ...plan, environment: { HOST: '127.0.0.1', ...plan.environment, PORT: String(port) } });
      program = await spawning;
      await untilReady(program, url, readyWithinMs);
    },
    stop: async () => {
      if (program && !program.hasEnded()) await program.stop();
    },
    // One that is just about to run is what runs: killing the one before would leave it alive.
    kill: async () => (await spawning)?.kill(),
  };
};
