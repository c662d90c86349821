import { invalidField, Refused, type Meta } from '@cartage/eventsourcing';
import type { LineConfirmed } from '../domain/confirming';
import type { PlannedLine } from '../domain/events';
import type { Shipment } from '../domain/shipment';
import type { Wave } from '../domain/wave';
import type { HandledShipment, ShipmentLog } from './shipment-log';

export interface ScanningNeeds {
  readonly log: Pick<ShipmentLog, 'read' | 'send'>;
  readonly now: () => Date;
}

/** Units that a picker scanned, for a tote. */
export interface ScannedUnits {
  readonly tote: number;
  readonly sku: string;
  readonly quantity: number;
  readonly short: number;
  readonly reason?: string;
}

interface Scanning {
  readonly units: ScannedUnits;
  readonly meta: Meta;
}

/** Two pickers may scan for one tote at once: what one of them adds is added to what the other did. */
const TRIES = 8;

/** So many units more were found for a tote, or are not there. Refused (`TOTE_UNKNOWN`, `SHIPMENT_NOT_IN_WAVE`, `SKU_NOT_IN_TOTE`) is what fits no line of it. */
export const scanned = async (needs: ScanningNeeds, of: Wave, scanning: Scanning): Promise<HandledShipment> => {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await scanOnce(needs, of, scanning);
    } catch (error) {
      if (!(error instanceof Refused && error.kind === 'stale') || left === 1) throw error;
    }
  }
};

const scanOnce = async (needs: ScanningNeeds, { waveId, members }: Wave, { units, meta }: Scanning): Promise<HandledShipment> => {
  const { shipmentId } = members.find(({ tote }) => tote === units.tote) ?? {};
  if (shipmentId === undefined) throw invalidField('tote', 'TOTE_UNKNOWN', `The wave has no tote ${units.tote}.`);
  const { shipment, version } = await needs.log.read(shipmentId);
  if (shipment.waveId !== waveId)
    throw new Refused('SHIPMENT_NOT_IN_WAVE', `The shipment of tote ${units.tote} is not picked in this wave.`);
  const line = lineFor(shipment, units);
  const data = { lines: [line], now: needs.now().toISOString() };
  return needs.log.send(shipmentId, { type: 'PickShipment', data }, meta, version);
};

type Found = { readonly quantity: number; readonly short: number };
const nothing: Found = { quantity: 0, short: 0 };

/** The first line of that SKU of which units are still to be found, with what was found of it in all. */
const lineFor = (shipment: Shipment, { sku, quantity, short, reason, tote }: ScannedUnits): LineConfirmed => {
  const lines = plannedOf(shipment).filter((line) => line.sku === sku);
  const confirmed = new Map<string, Found>(shipment.picking?.lines.map((line) => [line.lineId, line]));
  const foundOf = ({ lineId }: PlannedLine): Found => confirmed.get(lineId) ?? nothing;
  const isOpen = (line: PlannedLine): boolean => line.quantity > foundOf(line).quantity + foundOf(line).short;
  const line = lines.find(isOpen) ?? lines[0];
  if (!line) throw invalidField('sku', 'SKU_NOT_IN_TOTE', `Nothing of ${sku} belongs into tote ${tote}.`);
  const before = foundOf(line);
  const said = { lineId: line.lineId, quantity: before.quantity + quantity, short: before.short + short };
  return reason === undefined ? said : { ...said, code: reason };
};

/** What is to be shipped of it, before it is packed as well as after. */
export const plannedOf = (shipment: Shipment): readonly PlannedLine[] => ('plan' in shipment && shipment.plan ? shipment.plan.lines : []);
