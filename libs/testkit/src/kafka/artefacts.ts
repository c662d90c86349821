import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeOf, messageOf } from '@cartage/eventsourcing';
import { ServerMissing } from '../server-missing';
import { exclusively } from './exclusively';

const run = promisify(execFile);

export const KAFKA_VERSION = '4.3.1';

const pom = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>cartage</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

const cacheFolder = (): string => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'cartage', 'kafka');
const jarsFolder = (): string => join(cacheFolder(), KAFKA_VERSION);

/** Whether Apache Kafka was fetched before. */
export const isFetched = (): boolean => existsSync(jarsFolder());

/**
 * The folder with Apache Kafka's jars, fetched from Maven Central the first time. They appear in one step: a fetch that is interrupted
 * leaves nothing behind that could be taken for whole.
 */
export const kafkaJars = async (): Promise<string> => {
  const jars = jarsFolder();
  if (isFetched()) return jars;
  await mkdir(cacheFolder(), { recursive: true });
  await exclusively(`${jars}.lock`, async () => {
    if (!isFetched()) await fetchInto(jars);
  });
  return jars;
};

const fetchInto = async (jars: string): Promise<void> => {
  const folder = await mkdtemp(`${jars}.fetching-`);
  try {
    await writeFile(join(folder, 'pom.xml'), pom);
    const fetched = join(folder, 'jars');
    await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fetched}`], {
      cwd: folder,
    });
    await rename(fetched, jars);
  } catch (error) {
    throw new ServerMissing(`Apache Kafka ${KAFKA_VERSION} could not be fetched from Maven Central: ${reasonOf(error)}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const reasonOf = (error: unknown): string =>
  codeOf(error) === 'ENOENT' ? 'the command `mvn` is missing. Install Apache Maven.' : messageOf(error);
