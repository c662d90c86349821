import { handling, type EventStore, type Meta, type Position } from '@cartage/eventsourcing';
import type { Handled } from '@cartage/eventsourcing';
import { tableOf, type Sql } from '@cartage/views';
import { bins, type BinEvent, type BinOf, type Bins as Known } from '../domain/bins';
import type { LocationRegister } from './registers';
import { requireLocation } from './places';
import { binAssignment } from './views/bin-assignment';

export interface BinsNeeds {
  readonly store: EventStore;
  readonly sql: Sql;
  readonly locations: Pick<LocationRegister, 'find'>;
  readonly newId: () => string;
  readonly isPublic: (type: string) => boolean;
  readonly now: () => Date;
  readonly reached: (position: Position) => Promise<void>;
}

export interface PageOfBins {
  readonly limit: number;
  /** The SKU of the last one seen. */
  readonly after?: string;
}

/** Where SKUs stand at a location. */
export interface Bins {
  assign(location: string, told: readonly BinOf[], meta: Meta): Promise<Handled<Known, BinEvent>>;
  /** By SKU. */
  list(location: string, page: PageOfBins, minPosition?: Position): Promise<readonly Required<BinOf>[]>;
  /** The bins of these SKUs. */
  of(location: string, skus: readonly string[]): Promise<Known>;
}

export const createBins = ({ store, sql, locations, newId, isPublic, now, reached }: BinsNeeds): Bins => {
  const send = handling({ store, newId, isPublic }, bins);
  return {
    assign: async (location, told, meta) => {
      await requireLocation(locations, location);
      return send(`bins-${location}`, { type: 'AssignBins', data: { location, bins: told, now: now().toISOString() } }, meta);
    },
    list: async (location, { limit, after = '' }, minPosition) => {
      if (minPosition !== undefined) await reached(minPosition);
      const { rows } = await sql.query<Required<BinOf>>(
        `select sku, bin from ${tableOf(binAssignment)} where location = $1 and sku > $2 order by sku limit $3`,
        [location, after, limit],
      );
      return rows;
    },
    of: async (location, skus) => {
      const { rows } = await sql.query<Required<BinOf>>(
        `select sku, bin from ${tableOf(binAssignment)} where location = $1 and sku = any($2)`,
        [location, [...skus]],
      );
      return new Map(rows.map(({ sku, bin }) => [sku, bin]));
    },
  };
};
