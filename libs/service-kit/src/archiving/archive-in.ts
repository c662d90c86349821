import { archiveFolder, type ArchiveFiles } from '@cartage/event-store';
import type { Pool } from 'pg';
import type { CommonSettings } from '../settings/common';
import { StartFailure } from '../start/failure';

type ArchiveSettings = Pick<CommonSettings, 'LOG_ARCHIVE'>;

/** Where old events are, if anywhere. */
export const archiveIn = ({ LOG_ARCHIVE: folder }: ArchiveSettings): { readonly archive?: ArchiveFiles } =>
  folder === undefined ? {} : { archive: archiveFolder(folder) };

/** A process that could not read the old events of its log would find that out when somebody needs one; it is told at the start. */
export const requireArchive = async (pool: Pool, log: string, { LOG_ARCHIVE }: ArchiveSettings): Promise<void> => {
  if (LOG_ARCHIVE !== undefined) return;
  const { rows } = await pool.query('select 1 from log_archive limit 1');
  if (rows.length > 0)
    throw new StartFailure([
      `Setting LOG_ARCHIVE: missing, and old events of the log ${log} are in an archive. Set it to the folder that they were archived to.`,
    ]);
};
