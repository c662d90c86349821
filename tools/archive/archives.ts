import { proofOf, VerifyingKey, type ProvenLog } from '@cartage/event-store';
import { isAway, isError, messageOf } from '@cartage/eventsourcing';
import { archiveAt, archiveLogs, filesOfLogs, type AnyService, type Environment } from '@cartage/service-kit';
import { Trouble } from '../client/client';
import type { Archives } from './command';

/** Reads the files, and nothing else. */
const prove = async (place: string, publicKey: string, environment: Environment): Promise<readonly ProvenLog[]> => {
  try {
    return await proofOf(archiveAt(place, environment), VerifyingKey.of(publicKey));
  } catch (error) {
    if (isAway(error) || (isError(error) && error.name === 'RangeError')) throw new Trouble(messageOf(error), { cause: error });
    throw error;
  }
};

/** Archives of what these services keep where the environment says. */
export const archivesOf = (services: readonly AnyService[], environment: Environment, now: () => Date = () => new Date()): Archives => {
  const ending = services.filter(({ over }) => over);
  const named = (service: string | undefined) => ending.filter(({ name }) => service === undefined || name === service);
  return {
    services: ending.map(({ name }) => name),
    run: (service, what) => archiveLogs(named(service), environment, { ...what, now }),
    check: (service) => filesOfLogs(named(service), environment),
    prove: (place, publicKey) => prove(place, publicKey, environment),
  };
};
