import { kafkaClient } from '@cartage/messaging';
import { asking } from '../auth/asking-issuers';
import { logger } from '../logging';
import { readCommonSettings } from '../settings/common';
import type { Environment } from '../settings/settings';
import { StartFailure } from '../start/failure';
import { kafkaSecurity } from './security';

/** The Kafka that the environment names, as the services reach it. For a command. */
export const kafkaOf = (environment: Environment, clientId: string): ReturnType<typeof kafkaClient> => {
  const settings = readCommonSettings(environment, 0);
  const { KAFKA_BROKERS: brokers } = settings;
  if (brokers === undefined) throw new StartFailure(['Setting KAFKA_BROKERS: missing. Set it as the services have it.']);
  return kafkaClient({ brokers, clientId, log: logger('silent'), ...kafkaSecurity(settings, asking) });
};
