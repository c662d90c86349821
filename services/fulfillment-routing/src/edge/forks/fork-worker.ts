import { bell, type Bell, type Clock } from '@cartage/eventsourcing';
import type { Parts } from '@cartage/service-kit';
import type { ForkPlayer } from '../../app/forks/fork-player';

/** Forks whose player died elsewhere are found so often; those that are asked for here at once. */
const LOOK_EVERY_MS = 30_000;

export interface ForkWorker extends Required<Pick<Parts, 'start' | 'stop'>> {
  readonly asked: () => void;
}

interface WorkerNeeds {
  readonly player: Pick<ForkPlayer, 'next'>;
  readonly clock: Clock;
  readonly onTrouble: (error: unknown) => void;
}

const run = async ({ player, onTrouble }: WorkerNeeds, rings: Bell, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    const heard = rings.rings();
    const played = await player.next(signal).catch((error: unknown) => {
      onTrouble(error);
      return false;
    });
    if (!played) await rings.next(heard, signal);
  }
};

/** Plays forks beside the service's work, one at a time. */
export const forkWorker = (needs: WorkerNeeds): ForkWorker => {
  const rings = bell({ everyMs: LOOK_EVERY_MS, clock: needs.clock });
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  return {
    asked: () => rings.ring(),
    start: async () => {
      running = run(needs, rings, stopping.signal);
    },
    stop: () => {
      stopping.abort();
      return running;
    },
  };
};
