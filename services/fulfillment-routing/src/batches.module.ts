import type { Kit } from '@cartage/service-kit';
import type { Batching } from './app/batches';
import { sourcing } from './app/sourcing';
import type { RoutingSettings } from './config';
import { highsSolver } from './edge/highs/highs-solver';

/** Orders that come within a window are decided together; without one each is decided at once. */
export const batchParts = ({
  clock,
  log,
  settings: { BATCH_WINDOW_MS: windowMs, BATCH_SECONDS: seconds },
}: Kit<RoutingSettings>): { readonly needs: { readonly batching?: Batching }; readonly stop: () => Promise<void> } => {
  if (windowMs === 0) return { needs: {}, stop: async () => undefined };
  const solver = highsSolver(seconds);
  const onTrouble = (error: unknown): void =>
    log.warn({ err: error }, 'no plan was found for orders that came together: each is decided alone');
  const source = sourcing(solver, () => clock.pause(0));
  return { needs: { batching: { windowMs, clock, source, onTrouble } }, stop: () => solver.close() };
};
