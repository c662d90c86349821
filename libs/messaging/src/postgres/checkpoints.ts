import { sharingRoundTrips, START, type Position } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import type { Checkpoints } from '../checkpoint';

interface Saved {
  readonly group: string;
  readonly position: Position;
}

// The commit does not wait for the disk: a checkpoint that is lost in a crash only brings some events a second time.
const save = `
  insert into checkpoint (name, position)
  select saved.name, saved.position
  from unnest($1::text[], $2::text[]) as saved (name, position), set_config('synchronous_commit', 'off', true)
  on conflict (name) do update set position = excluded.position, saved_at = now()
  where checkpoint.position < excluded.position`;

/** Checkpoints in the service's own table `checkpoint` (see `migrateMessaging`). Saves of many groups share a round trip. */
export const postgresCheckpoints = (pool: Pick<Pool, 'query'>): Checkpoints => {
  const saving = sharingRoundTrips(async (batch: readonly Saved[]) => {
    const latest = latestOf(batch);
    await pool.query(save, [[...latest.keys()], [...latest.values()]]);
  });
  return {
    load: async (group) => {
      const { rows } = await pool.query<{ position: Position }>('select position from checkpoint where name = $1', [group]);
      return rows[0]?.position ?? START;
    },
    save: (group, position) => saving({ group, position }),
  };
};

const latestOf = (batch: readonly Saved[]): ReadonlyMap<string, Position> => {
  const latest = new Map<string, Position>();
  for (const { group, position } of batch) if (position > (latest.get(group) ?? START)) latest.set(group, position);
  return latest;
};
