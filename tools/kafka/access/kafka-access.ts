// Prints what each service needs of Kafka (docs/reference/kafka-access.md): as a table, for kafka-acls.sh, or for Strimzi.
import { readFileSync } from 'node:fs';
import type { KafkaUse } from '@cartage/messaging';
import { Trouble } from '../../client/client';
import { accessOf } from './access';
import { run } from './command';

try {
  const uses = JSON.parse(readFileSync('docs/reference/kafka-access.json', 'utf8')) as readonly KafkaUse[];
  console.log(run(process.argv.slice(2), accessOf(uses)).trimEnd());
} catch (error) {
  console.error(error instanceof Trouble ? error.message : error);
  process.exitCode = 2;
}
