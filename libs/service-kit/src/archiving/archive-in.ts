import { archiveBucket, archiveFolder, keptNear, type ArchiveFiles } from '@cartage/event-store';
import type { Pool } from 'pg';
import { readSettings, type Environment } from '../settings/settings';
import { StartFailure } from '../start/failure';
import { archiveSpec, bucketIn, type ArchiveSettings } from './settings';

/** About sixty files, compressed as they are: what a process may well spare. */
const MOST_BYTES = 16_000_000;

const filesAt = (place: string, settings: ArchiveSettings): ArchiveFiles => {
  const bucket = bucketIn(place, settings);
  return bucket ? archiveBucket(bucket) : archiveFolder(place);
};

/** Where old events are, if anywhere: every question is put to the place itself. */
export const archiveIn = (settings: ArchiveSettings): { readonly archive?: ArchiveFiles } =>
  settings.LOG_ARCHIVE === undefined ? {} : { archive: filesAt(settings.LOG_ARCHIVE, settings) };

/** The same for whoever reads the log: what comes from a bucket is kept near for a while. */
export const archiveToReadIn = (settings: ArchiveSettings): { readonly archive?: ArchiveFiles } => {
  const { archive } = archiveIn(settings);
  if (!archive || settings.LOG_ARCHIVE === undefined) return {};
  return { archive: bucketIn(settings.LOG_ARCHIVE, settings) ? keptNear(archive, MOST_BYTES) : archive };
};

/** Archived files at a place that somebody names, a bucket with the keys of the environment. For a command. */
export const archiveAt = (place: string, environment: Environment): ArchiveFiles => {
  const settings = readSettings(archiveSpec, { ...environment, LOG_ARCHIVE: place });
  return filesAt(place, settings);
};

/** A process that could not read the old events of its log would find that out when somebody needs one; it is told at the start. */
export const requireArchive = async (pool: Pool, log: string, { LOG_ARCHIVE }: Pick<ArchiveSettings, 'LOG_ARCHIVE'>): Promise<void> => {
  if (LOG_ARCHIVE !== undefined) return;
  const { rows } = await pool.query('select 1 from log_archive limit 1');
  if (rows.length > 0)
    throw new StartFailure([
      `Setting LOG_ARCHIVE: missing, and old events of the log ${log} are in an archive. Set it to the folder or the bucket that they were archived to.`,
    ]);
};
