import { lookInto, shownSettings, type AnyService, type Environment } from '@cartage/service-kit';
import { versionsHere } from '../client/program';
import type { Bundles } from './command';
import { makeBundle } from './making';
import { replayBundle } from './replaying';

/** Bundles of what these services keep where the environment says, and replays in memory. */
export const bundlesOf = (services: readonly AnyService[], environment: Environment, now: () => Date = () => new Date()): Bundles => ({
  make: (orderId) =>
    lookInto(services, environment, (found) =>
      makeBundle(found, { orderId, madeAt: now().toISOString(), versions: versionsHere(), settings: shownSettings(services, environment) }),
    ),
  replay: (bundle) => replayBundle(services, bundle),
});
