import { put, type View } from '@cartage/views';
import type { ShipmentEvent } from '../../domain/events';
import type { WayBackEvent } from '../../domain/way-back/events';

interface Refusal {
  readonly orderId: string;
  readonly labelId?: string;
  readonly carrier?: string;
  readonly policy?: string;
  readonly reason: { readonly code: string; readonly detail?: string };
  readonly failedAt: string;
}

const refused = ({ orderId, labelId, carrier, policy, reason, failedAt }: Refusal) => ({
  ...{ order_id: orderId, label_id: labelId ?? null, carrier: carrier ?? null, policy: policy ?? null },
  ...{ reason: reason.code, detail: reason.detail ?? null, failed_at: failedAt },
});

/** A shipment and a return may be refused a label as often as somebody asks for one. */
export const labelFailure: View<ShipmentEvent | WayBackEvent> = {
  name: 'label_failure',
  about: 'Each time that there was no label for a shipment, or for what is to come back: why.',
  key: ['event_id'],
  revision: 2,
  columns: {
    event_id: { type: 'uuid not null', about: 'The event that told it.' },
    shipment_id: { type: 'uuid', about: 'The shipment; empty for the way back.' },
    return_id: { type: 'uuid', about: 'The return; empty for the way out.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    label_id: { type: 'uuid', about: 'The label that was asked for; empty if no carrier was asked.' },
    carrier: { type: 'text', about: 'Name of the carrier; empty if there was none to ask.' },
    policy: {
      type: 'text',
      about:
        'The version of the carrier policy that its carrier was chosen by, or by which there was none to choose; empty if none was looked at.',
    },
    reason: { type: 'text not null', about: 'Why: a code of an open vocabulary.' },
    detail: { type: 'text', about: 'The same for people, as whoever refused it put it.' },
    failed_at: { type: 'timestamptz not null', about: 'When.' },
  },
  indexes: ['(failed_at, event_id)', '(shipment_id)', '(return_id)'],
  on: {
    LabelFailed: ({ id, data }) => put({ event_id: id, shipment_id: data.shipmentId, return_id: null, ...refused(data) }),
    ReturnLabelFailed: ({ id, data }) => put({ event_id: id, shipment_id: null, return_id: data.returnId, ...refused(data) }),
  },
};
