import { archivedFilesIn, archiveLog, type ArchivedFile, type ArchivedLog, type ArchiveFiles, type KeptFile } from '@cartage/event-store';
import { lookInto, type LogToLookInto } from '../looking/logs-to-look-into';
import type { AnyService } from '../service';
import { readCommonSettings } from '../settings/common';
import type { Environment } from '../settings/settings';
import { StartFailure } from '../start/failure';
import { archiveIn } from './archive-in';
import { whatLeaves } from './what-leaves';

export interface LogsToArchive {
  /** Only what was recorded so many days ago. */
  readonly days: number;
  /** Judges what was archived earlier again. */
  readonly again?: boolean;
  readonly now: () => Date;
  readonly onFile?: (log: string, file: ArchivedFile) => void;
}

const DAY_MS = 86_400_000;

const filesOf = (environment: Environment): ArchiveFiles => {
  const { archive } = archiveIn(readCommonSettings(environment, 0));
  if (archive) return archive;
  throw new StartFailure([
    'Setting LOG_ARCHIVE: missing. Set it to the folder or the bucket that old events go to, as the services have it.',
  ]);
};

/** The logs of these services that are in Postgres and have streams that end. */
const eachLog = <Result>(
  services: readonly AnyService[],
  environment: Environment,
  work: (log: LogToLookInto) => Promise<Result>,
): Promise<readonly Result[]> =>
  lookInto(services, environment, async ({ logs }) => {
    const results: Result[] = [];
    for (const log of logs) if (log.service.over && !log.inKurrentDb) results.push(await work(log));
    return results;
  });

/** Moves old events of these services into files. For a command. */
export const archiveLogs = async (
  services: readonly AnyService[],
  environment: Environment,
  { days, again, now, onFile }: LogsToArchive,
): Promise<readonly ArchivedLog[]> => {
  const files = filesOf(environment);
  return eachLog(services, environment, ({ service, pool, store }) =>
    archiveLog(
      { pool, name: service.schema, files, store, now },
      {
        ...{ before: new Date(now().getTime() - days * DAY_MS), ...whatLeaves(service) },
        ...(again === undefined ? {} : { again }),
        ...(onFile ? { onFile: (file) => onFile(service.schema, file) } : {}),
      },
    ),
  );
};

/** The files that these services' logs have, each compared with what was written. For a command. */
export const filesOfLogs = async (
  services: readonly AnyService[],
  environment: Environment,
): Promise<readonly { readonly log: string; readonly files: readonly KeptFile[] }[]> => {
  const files = filesOf(environment);
  return eachLog(services, environment, async ({ service, pool }) => ({ log: service.schema, files: await archivedFilesIn(pool, files) }));
};
