import { setTimeout as pause } from 'node:timers/promises';
import { Trouble } from '../client/client';
import type { Replica } from './replica';

interface Health {
  /** `degraded`: it answers, and something of it is not at work, such as a group that has not joined yet. */
  readonly status: string;
  readonly checks: Readonly<Record<string, { readonly ok: boolean }>>;
}

export interface ListeningNeeds {
  readonly withinMs?: number;
  readonly everyMs?: number;
  readonly ask?: (url: string) => Promise<Health>;
}

const WITHIN_MS = 240_000;
const EVERY_MS = 250;
const ANSWER_MS = 10_000;

const asked = async (url: string): Promise<Health> => {
  const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(ANSWER_MS) });
  return (await answer.json()) as Health;
};

const unready = ({ status, checks }: Health): readonly string[] =>
  status === 'ready' ? [] : Object.entries(checks).flatMap(([name, { ok }]) => (ok ? [] : [name]));

/**
 * Until all that is said is heard: every process is a member of all its groups, and somebody publishes. A Kafka that was just made takes its time over its first topics and
 * groups; a life that begins before would meet that, and not the faults.
 */
export const untilListening = async (
  replicas: readonly Pick<Replica, 'name' | 'url'>[],
  { withinMs = WITHIN_MS, everyMs = EVERY_MS, ask = asked }: ListeningNeeds = {},
): Promise<void> => {
  const end = performance.now() + withinMs;
  let open = replicas.map((replica) => ({ replica, why: ['has not answered'] as readonly string[] }));
  while (open.length > 0) {
    const looked = open.map(async ({ replica }) => ({
      replica,
      why: await ask(replica.url).then(unready, (error: unknown) => [String(error)]),
    }));
    open = (await Promise.all(looked)).filter(({ why }) => why.length > 0);
    if (open.length === 0) return;
    if (performance.now() > end) {
      const names = open.map(({ replica, why }) => `${replica.name} (${why.join(', ')})`);
      throw new Trouble(`Not everybody listens after ${withinMs / 1000} s: ${names.join('; ')}.`);
    }
    await pause(everyMs);
  }
};
