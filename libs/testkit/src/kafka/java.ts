import { spawnSync } from 'node:child_process';

/** Kafka 4 servers want it. */
const OLDEST = 17;

/** Why Java cannot run Kafka here; nothing when it can. */
export const javaMissing = (): string | undefined => {
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8', timeout: 20_000 });
  if (error) return `the command \`java\` is missing. Install a Java runtime, version ${OLDEST} or newer`;
  const version = Number(/version "(?:1\.)?(\d+)/.exec(stderr)?.[1]);
  return version >= OLDEST ? undefined : `Java ${version} is too old. Install version ${OLDEST} or newer`;
};
