import { Kafka, logLevel, type KafkaConfig, type LogEntry } from 'kafkajs';
import type { Logger } from 'pino';

export interface KafkaClientNeeds extends Pick<KafkaConfig, 'ssl' | 'sasl'> {
  readonly brokers: readonly string[];
  /** Shows up in the broker's logs and quotas: the service's name. */
  readonly clientId: string;
  readonly log: Logger;
}

/** A kafkajs client whose chatter goes to the debug log: what matters is logged by those who use it. */
export const kafkaClient = ({ brokers, log, ...config }: KafkaClientNeeds): Kafka =>
  new Kafka({
    ...config,
    brokers: [...brokers],
    logLevel: log.isLevelEnabled('debug') ? logLevel.INFO : logLevel.NOTHING,
    logCreator:
      () =>
      ({ namespace, log: { message, timestamp: _, ...facts } }: LogEntry) =>
        log.debug({ kafkajs: namespace, ...facts }, message),
    // A failover takes longer than kafkajs' own patience of 5 tries; those who must never give up begin again after these.
    retry: { initialRetryTime: 100, maxRetryTime: 5_000, retries: 8 },
  });
