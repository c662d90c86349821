import { readFileSync } from 'node:fs';
import { lookInto, shownSettings, type AnyService, type Environment } from '@cartage/service-kit';
import type { Bundles } from './command';
import { makeBundle } from './making';
import { replayBundle } from './replaying';

/** Of the program that looks, which is that of the services where it is run from their image. */
const versionsHere = (): Readonly<Record<string, string>> => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  return { cartage: version, node: process.version, platform: `${process.platform} ${process.arch}` };
};

/** Bundles of what these services keep where the environment says, and replays in memory. */
export const bundlesOf = (services: readonly AnyService[], environment: Environment, now: () => Date = () => new Date()): Bundles => ({
  make: (orderId) =>
    lookInto(services, environment, (found) =>
      makeBundle(found, { orderId, madeAt: now().toISOString(), versions: versionsHere(), settings: shownSettings(services, environment) }),
    ),
  replay: (bundle) => replayBundle(services, bundle),
});
