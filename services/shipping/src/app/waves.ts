import { fold, handling, Refused, type EventStore, type Handled, type Meta, type Stream } from '@cartage/eventsourcing';
import type { Shipment } from '../domain/shipment';
import { pickList, type BinUnits, type PickList, type Standing } from '../domain/pick-list';
import { requireOpen, requireWave, wave, type Wave, type WaveEvent } from '../domain/wave';
import type { Bins } from './bins';
import { withGoods, type GoodsInHand } from './goods-in-hand';
import type { ItemRegister, LocationRegister } from './registers';
import { requireLocation } from './places';
import type { HandledShipment, ShipmentLog } from './shipment-log';
import type { WaveFilter, WaveReading } from './wave-reading';
import { plannedOf, scanned, type ScannedUnits } from './wave-scanning';

export interface WavesNeeds {
  readonly store: EventStore;
  readonly log: ShipmentLog;
  readonly bins: Pick<Bins, 'of'>;
  readonly reading: Pick<WaveReading, 'candidates'>;
  readonly locations: Pick<LocationRegister, 'find'>;
  readonly items: Pick<ItemRegister, 'find'>;
  /** The id of the wave that a request makes. */
  readonly waveIdOf: (commandId: string) => string;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** A wave as it stands: who picks it, what is taken from which bin, and what is not picked in it after all. */
export interface ShownWave extends Omit<PickList, 'bins'> {
  readonly bins: readonly (BinUnits & GoodsInHand)[];
  readonly waveId: string;
  readonly location: string;
  readonly status: 'open' | 'closed';
  readonly picker?: string;
  readonly releasedAt: string;
  readonly closedAt?: string;
  /** Units over all bins. */
  readonly units: number;
  readonly picked: number;
  readonly short: number;
}

export interface CarriedWave {
  readonly handled: Handled<Wave | undefined, WaveEvent>;
  readonly shown: ShownWave;
}

/** Work of a location that is released together, picked bin by bin, and confirmed by scan. */
export interface Waves {
  release(asked: WaveFilter & { readonly picker?: string }, meta: Meta): Promise<CarriedWave>;
  assign(waveId: string, picker: string, meta: Meta): Promise<CarriedWave>;
  /** What was not picked can be released again. */
  close(waveId: string, meta: Meta): Promise<CarriedWave>;
  /** So many units more were found, or are not there. */
  scan(waveId: string, units: ScannedUnits, meta: Meta): Promise<HandledShipment>;
  get(waveId: string): Promise<ShownWave>;
}

const streamOf = (waveId: string): string => `wave-${waveId}`;

export const createWaves = (needs: WavesNeeds): Waves => {
  const send = handling({ store: needs.store, newId: needs.newId }, wave);
  const now = (): string => needs.now().toISOString();
  const shown = async (handled: Handled<Wave | undefined, WaveEvent>): Promise<CarriedWave> => ({
    handled,
    shown: await show(needs, requireWave(handled.current)),
  });
  return {
    release: async ({ picker, ...filter }, meta) => {
      await requireLocation(needs.locations, filter.location);
      const waveId = needs.waveIdOf(meta.commandId);
      const members = (await readWave(needs, waveId))?.members ?? (await membersOf(needs, filter));
      const { location } = filter;
      const handled = await send(streamOf(waveId), { type: 'ReleaseWave', data: { waveId, location, members, now: now() } }, meta);
      await joinAll(needs, requireWave(handled.current), meta);
      if (picker === undefined) return shown(handled);
      const assigned = { ...meta, commandId: `${meta.commandId}.assigned` };
      return shown(await send(streamOf(waveId), { type: 'AssignWave', data: { picker, now: now() } }, assigned));
    },
    assign: async (waveId, picker, meta) => shown(await send(streamOf(waveId), { type: 'AssignWave', data: { picker, now: now() } }, meta)),
    close: async (waveId, meta) => {
      const handled = await send(streamOf(waveId), { type: 'CloseWave', data: { now: now() } }, meta);
      await eachMember(requireWave(handled.current), ({ shipmentId }) => leave(needs, { waveId, shipmentId }, meta));
      return shown(handled);
    },
    scan: async (waveId, units, meta) => scanned(needs, requireOpen(await readWave(needs, waveId)), { units, meta }),
    get: async (waveId) => show(needs, requireWave(await readWave(needs, waveId))),
  };
};

const readWave = async ({ store }: WavesNeeds, waveId: string): Promise<Wave | undefined> => {
  const [stream] = (await store.readMany([streamOf(waveId)])) as readonly Stream<WaveEvent>[];
  return fold(wave, stream?.events ?? []);
};

const membersOf = async ({ reading }: WavesNeeds, filter: WaveFilter): Promise<Wave['members']> => {
  const shipmentIds = await reading.candidates(filter);
  if (shipmentIds.length === 0) throw new Refused('WAVE_EMPTY', 'No shipment there waits to be picked as it is asked for.');
  return shipmentIds.map((shipmentId, n) => ({ shipmentId, tote: n + 1 }));
};

const eachMember = async ({ members }: Wave, step: (member: { readonly shipmentId: string }) => Promise<unknown>): Promise<void> =>
  void (await Promise.all(members.map(step)));

/** The wave stands before its shipments join it: told again after a crash, the others join, and nothing is kept by a wave that is not there. */
const joinAll = (needs: WavesNeeds, of: Wave, meta: Meta): Promise<void> =>
  eachMember(of, async ({ shipmentId }) => {
    const { shipment } = await needs.log.read(shipmentId);
    const over = await closedWave(needs, shipment);
    const data = { waveId: of.waveId, ...(over === undefined ? {} : { over }), now: needs.now().toISOString() };
    const own = { ...meta, commandId: `${meta.commandId}.${shipmentId}` };
    await unlessRefused(needs.log.send(shipmentId, { type: 'JoinWave', data }, own));
  });

/** Whoever closed it may have crashed before all of its shipments had left it. */
const closedWave = async (needs: WavesNeeds, { waveId }: Shipment): Promise<string | undefined> => {
  if (waveId === undefined) return undefined;
  return (await readWave(needs, waveId))?.closedAt === undefined ? undefined : waveId;
};

/** Held, cancelled, packed or in another wave by now: it says so in the list of what is not picked in this one. */
const unlessRefused = (asked: Promise<unknown>): Promise<unknown> =>
  asked.catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });

const leave = async ({ log, now }: WavesNeeds, of: { readonly waveId: string; readonly shipmentId: string }, meta: Meta): Promise<void> => {
  const { shipment } = await log.read(of.shipmentId);
  // What was picked stays told to be picked in it.
  if (shipment.status !== 'to-pack' || shipment.picking?.pickedAt !== undefined) return;
  const own = { ...meta, commandId: `${meta.commandId}.${of.shipmentId}` };
  await log.send(of.shipmentId, { type: 'LeaveWave', data: { waveId: of.waveId, now: now().toISOString() } }, own);
};

const standingsOf = ({ log }: WavesNeeds, { members }: Wave): Promise<readonly Standing[]> =>
  Promise.all(members.map(async (member) => ({ ...member, shipment: (await log.read(member.shipmentId)).shipment })));

const skusIn = (standings: readonly Standing[]): readonly string[] => {
  const lines = standings.flatMap(({ shipment }) => [...plannedOf(shipment), ...(shipment.picking?.short ?? [])]);
  return [...new Set(lines.flatMap(({ sku, parts }) => parts?.map((part) => part.sku) ?? [sku]))];
};

const show = async (needs: WavesNeeds, of: Wave): Promise<ShownWave> => {
  const standings = await standingsOf(needs, of);
  const list = pickList(of, standings, await needs.bins.of(of.location, skusIn(standings)));
  const { waveId, location, picker, releasedAt, closedAt } = of;
  const total = (what: 'quantity' | 'picked' | 'short'): number => list.bins.reduce((sum, bin) => sum + bin[what], 0);
  return {
    ...{ waveId, location, releasedAt },
    status: closedAt === undefined ? 'open' : 'closed',
    ...(picker === undefined ? {} : { picker }),
    ...(closedAt === undefined ? {} : { closedAt }),
    ...list,
    bins: await withGoods(needs.items, list.bins),
    ...{ units: total('quantity'), picked: total('picked'), short: total('short') },
  };
};
