// Prints what each service needs of Kafka (docs/reference/kafka-access.md): as a table, for kafka-acls.sh, or for Strimzi.
import { readFileSync } from 'node:fs';
import type { KafkaUse } from '@cartage/messaging';
import { runProgram, type Done } from '../../client/program';
import { accessOf } from './access';
import { run, usage } from './command';

const asked = async (args: readonly string[]): Promise<Done> => {
  const uses = JSON.parse(readFileSync('docs/reference/kafka-access.json', 'utf8')) as readonly KafkaUse[];
  return { text: run(args, accessOf(uses)).trimEnd(), code: 0 };
};

runProgram({ usage, run: asked });
