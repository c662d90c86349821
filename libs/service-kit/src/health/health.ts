import { messageOf } from '@cartage/eventsourcing';
import type { Follower } from './followers';

/** What one part of the process says of itself. */
export interface Check {
  /** `<service>.<part>`. */
  readonly name: string;
  /** Whether requests can be answered without it. */
  readonly vital: boolean;
  /** What to tell. Throws when the part cannot be reached at all. */
  readonly look: () => Promise<Look>;
}

export interface Look {
  readonly detail?: unknown;
  /** Why it does not work as it should, if so. */
  readonly error?: string | undefined;
}

export interface Finding {
  readonly ok: boolean;
  readonly vital: boolean;
  readonly detail?: unknown;
  readonly error?: string;
}

export interface Readiness {
  readonly status: 'starting' | 'ready' | 'degraded' | 'unavailable' | 'stopping';
  readonly checks: Readonly<Record<string, Finding>>;
}

/** How one service is: what its parts say, and what stands in its tables until somebody looks. */
export interface ServiceHealth extends Readiness {
  readonly service: string;
  /** Events that listeners could not take, and those that wait behind them. */
  readonly deadLetters: number;
  /** Events that the broker will never take. */
  readonly parked: number;
  /** Deadlines that are due and were not told. */
  readonly overdueDeadlines: number;
  /** Those of its listeners that follow a log of this process, and its publisher. */
  readonly followers: readonly Follower[];
}

export interface Live {
  readonly status: 'live';
}

export interface Health {
  /** Of all parts, or of those of one service. */
  ready(service?: string): Promise<Readiness>;
  /** From now on it may be ready. */
  started(): void;
  /** From now on it is not ready, so that nobody sends new requests. */
  stopping(): void;
}

const TIMEOUT_MS = 2_000;

const within = async <Value>(work: Promise<Value>, ms: number): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

const findingOf = async ({ vital, look }: Check, timeoutMs: number): Promise<Finding> => {
  try {
    const { detail, error } = await within(look(), timeoutMs);
    return { ok: error === undefined, vital, ...(detail === undefined ? {} : { detail }), ...(error === undefined ? {} : { error }) };
  } catch (error) {
    return { ok: false, vital, error: messageOf(error) };
  }
};

type Phase = 'starting' | 'serving' | 'stopping';

const statusOf = (findings: readonly Finding[], phase: Phase): Readiness['status'] => {
  if (phase !== 'serving') return phase;
  const broken = findings.filter(({ ok }) => !ok);
  if (broken.length === 0) return 'ready';
  return broken.some(({ vital }) => vital) ? 'unavailable' : 'degraded';
};

/** Asks every part at once, each for at most `timeoutMs`. */
export const healthOf = (checks: readonly Check[], timeoutMs = TIMEOUT_MS): Health => {
  let phase: Phase = 'starting';
  return {
    started: () => {
      if (phase === 'starting') phase = 'serving';
    },
    stopping: () => {
      phase = 'stopping';
    },
    ready: async (service) => {
      const asked = service === undefined ? checks : checks.filter(({ name }) => name.startsWith(`${service}.`));
      const findings = await Promise.all(asked.map((check) => findingOf(check, timeoutMs)));
      return {
        status: statusOf(findings, phase),
        checks: Object.fromEntries(asked.map(({ name }, i) => [name, findings[i] as Finding])),
      };
    },
  };
};
