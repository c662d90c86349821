import { archiveLogs, filesOfLogs, type AnyService, type Environment } from '@cartage/service-kit';
import type { Archives } from './command';

/** Archives of what these services keep where the environment says. */
export const archivesOf = (services: readonly AnyService[], environment: Environment, now: () => Date = () => new Date()): Archives => {
  const ending = services.filter(({ over }) => over);
  const named = (service: string | undefined) => ending.filter(({ name }) => service === undefined || name === service);
  return {
    services: ending.map(({ name }) => name),
    run: (service, what) => archiveLogs(named(service), environment, { ...what, now }),
    check: (service) => filesOfLogs(named(service), environment),
  };
};
