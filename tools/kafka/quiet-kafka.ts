import { mendRequestQueue } from '@cartage/messaging';
import { startKafka, type KafkaCluster, type KafkaOptions } from '@cartage/testkit';

/** A Kafka for somebody who reads what is printed: the client that asks whether it is whole would make Node warn of a negative timeout. */
export const quietKafka = (options: KafkaOptions): Promise<KafkaCluster> => {
  mendRequestQueue();
  return startKafka(options);
};
