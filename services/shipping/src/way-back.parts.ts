import type { Kit, Parts } from '@cartage/service-kit';
import type { Carriers } from './app/carrier';
import type { CarrierPolicies } from './app/carrier-policies';
import type { Compliance } from './app/compliance';
import type { Registers } from './app/registers';
import type { ShipmentLog } from './app/shipment-log';
import type { Tracking } from './app/tracking';
import { createReturnCustoms } from './app/way-back/return-customs';
import { createReturnLabels } from './app/way-back/return-labels';
import { createReturnPolling, createReturnScans, type ReturnNumbers, type ReturnScans } from './app/way-back/return-scans';
import { createWayBackLog, type WayBackLog } from './app/way-back/way-back-log';
import type { ShippingSettings } from './config';
import { polledOf } from './edge/carriers';
import { returnNumbersIn } from './edge/way-back/return-numbers';
import { RETURN_LABELS, RETURN_NUMBERS, ReturnLabelsController } from './edge/way-back/way-back.controller';
import { returnsListener, wayBackListener } from './edge/way-back/way-back.listeners';

const DAY_MS = 86_400_000;

/** What scans of parcels on their way back are told to. */
export interface ReturnLine {
  readonly log: WayBackLog;
  readonly numbers: ReturnNumbers;
  readonly scans: ReturnScans;
}

export const returnLine = ({ store, newId, isPublic, pool, deadlines, settings, now }: Kit<ShippingSettings>): ReturnLine => {
  const [log, numbers] = [createWayBackLog({ store, newId, isPublic }), returnNumbersIn(pool)];
  const patienceMs = { stuck: settings.STUCK_DAYS * DAY_MS, lost: settings.LOST_AFTER_DAYS * DAY_MS };
  return { log, numbers, scans: createReturnScans({ log, numbers, deadlines, patienceMs, now }) };
};

interface Needs extends ReturnLine {
  readonly carriers: Carriers;
  readonly registers: Registers;
  readonly compliance: Compliance;
  readonly policies: CarrierPolicies;
  readonly tracking: Tracking;
  readonly newToken: () => string;
  readonly shipments: ShipmentLog;
}

const papers = { label: 'label.pdf', qr: 'code.svg', customs: 'customs.pdf' } as const;

const linkUnder =
  ({ RETURN_LABEL_URL: base }: ShippingSettings) =>
  (token: string, paper: keyof typeof papers): string =>
    `${base.replace(/\/$/, '')}/shipping/return-labels/links/${token}/${papers[paper]}`;

/** Labels for goods that come back, and their parcels on the way. */
export const wayBackParts = (
  kit: Kit<ShippingSettings>,
  needs: Needs,
): Required<Pick<Parts, 'controllers' | 'providers' | 'listeners' | 'onDue'>> => {
  const { deadlines, newId, now, vault, settings } = kit;
  const { log, numbers, scans, tracking, registers, shipments, ...chosen } = needs;
  const customs = createReturnCustoms({ ...registers, shipments });
  const labels = createReturnLabels({ ...chosen, ...registers, customs, log, vault, deadlines, newId, now, linkOf: linkUnder(settings) });
  const polling = createReturnPolling({
    log,
    carriers: needs.carriers,
    polled: polledOf(settings, needs.carriers),
    tracking,
    deadlines,
    now,
  });
  return {
    controllers: [ReturnLabelsController],
    providers: [
      { provide: RETURN_LABELS, useValue: labels },
      { provide: RETURN_NUMBERS, useValue: numbers },
    ],
    listeners: [returnsListener(labels), wayBackListener({ numbers, scans, polling, tracking })],
    onDue: async (deadline, meta) => {
      for (const part of [labels, scans, polling]) await part.onDue(deadline, meta);
    },
  };
};
