import type { Reason } from '@cartage/contracts';
import { deciding, evolving, Refused, type DataOf, type Decider } from '@cartage/eventsourcing';
import type { AskedLabel, BoughtLabel, OfLabel, OnReturn, Silence, Wanted, WayBackCommand, WayBackEvent, WayBackScan } from './events';

/** A label that was asked for, and what became of it. */
export interface ReturnLabel {
  readonly asked: AskedLabel;
  readonly bought?: BoughtLabel;
  readonly refused?: Reason;
  readonly voidedAt?: string;
  /** As they came. */
  readonly scans: readonly WayBackScan[];
  readonly overdue?: Silence;
}

export interface WayBack {
  readonly wanted?: Wanted;
  /** By label id, the oldest first. */
  readonly labels: ReadonlyMap<string, ReturnLabel>;
  /** Of the last try, where there is no label after it. */
  readonly failure?: Reason;
  readonly ended?: Reason;
}

const isOpen = ({ refused, voidedAt }: ReturnLabel): boolean => refused === undefined && voidedAt === undefined;

/** The label that is asked for, or that the customer has. */
export const currentLabel = ({ labels }: WayBack): ReturnLabel | undefined => [...labels.values()].findLast(isOpen);

/** What a carrier might still be paid for though nobody uses it: also what it never answered. */
export const returnLabelsToVoid = ({ labels, ended }: WayBack): readonly ReturnLabel[] =>
  ended ? [...labels.values()].filter((label) => isOpen(label) && label.scans.length === 0) : [];

const labelWith = ({ labels }: WayBack, trackingNumber: string): ReturnLabel => {
  const found = [...labels.values()].find(({ bought }) => bought?.trackingNumber === trackingNumber);
  if (!found) throw new Refused('RETURN_LABEL_UNKNOWN', 'No label of this return has this tracking number.', 'unknown');
  return found;
};

const named = ({ asked: { returnId, orderId, labelId, carrier } }: ReturnLabel): OfLabel => ({ returnId, orderId, labelId, carrier });

/** The newest by the carrier's clock. */
export const lastScan = ({ scans }: ReturnLabel): WayBackScan | undefined =>
  scans.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1)).at(-1);

/** What a scan says of the way to us; nothing where it says nothing of the way. What goes back to its sender goes back to the customer. */
const milestoneOf: ReadonlyMap<string, string> = new Map([
  ['picked-up', 'picked-up'],
  ['in-transit', 'in-transit'],
  ['out-for-delivery', 'in-transit'],
  ['attempt-failed', 'exception'],
  ['exception', 'exception'],
  ['returned', 'exception'],
  ['delivered', 'delivered'],
]);

type Decide<Type extends WayBackCommand['type']> = (data: DataOf<WayBackCommand, Type>, state: WayBack) => readonly WayBackEvent[];

const onReturn = ({ wanted }: WayBack): OnReturn => {
  if (!wanted) throw new Refused('RETURN_LABEL_UNKNOWN', 'No label was asked for of such a return.', 'unknown');
  return { returnId: wanted.returnId, orderId: wanted.orderId };
};

/** What is allowed later comes with the same label; what is allowed once nothing was to come any more, with another. */
const want: Decide<'WantReturnLabel'> = ({ now, ...wanted }, state) =>
  state.wanted && !state.ended ? [] : [{ type: 'ReturnLabelWanted', data: { ...wanted, wantedAt: now } }];

const request: Decide<'RequestReturnLabel'> = ({ now, ...asked }, state) => {
  const of = onReturn(state);
  if (state.ended) throw new Refused('RETURN_ENDED', 'Nothing is to be sent back any more: there is no label for it.');
  return currentLabel(state) ? [] : [{ type: 'ReturnLabelRequested', data: { ...of, ...asked, requestedAt: now } }];
};

const fail: Decide<'FailReturnLabel'> = ({ now, ...failure }, state) => {
  const asked = failure.labelId === undefined ? undefined : state.labels.get(failure.labelId);
  if (asked ? asked.bought || !isOpen(asked) : state.ended) return [];
  const chosenBy = asked?.asked.policy === undefined ? {} : { policy: asked.asked.policy };
  return [{ type: 'ReturnLabelFailed', data: { ...onReturn(state), ...failure, ...chosenBy, failedAt: now } }];
};

const record: Decide<'RecordReturnLabel'> = ({ now, labelId, ...booking }, { labels, ended }) => {
  const label = labels.get(labelId);
  if (!label) throw new Refused('RETURN_LABEL_UNKNOWN', 'No such label was asked for.', 'unknown');
  if (label.bought) return [];
  if (ended || !isOpen(label)) throw new Refused('LABEL_WITHDRAWN', 'Nobody wants this label any more.');
  return [{ type: 'ReturnLabelPurchased', data: { ...named(label), ...booking, location: label.asked.location, purchasedAt: now } }];
};

/** Of a return that never was to have a label there is nothing to end. */
const end: Decide<'EndWayBack'> = ({ now, reason }, state) =>
  !state.wanted || state.ended ? [] : [{ type: 'WayBackEnded', data: { ...onReturn(state), reason, endedAt: now } }];

const voided: Decide<'RecordReturnLabelVoided'> = ({ now, labelId }, { labels }) => {
  const label = labels.get(labelId);
  if (!label || !isOpen(label)) return [];
  const sold = label.bought ? { currency: label.bought.currency, cost: label.bought.cost } : {};
  return [{ type: 'ReturnLabelVoided', data: { ...named(label), ...sold, voidedAt: now } }];
};

/** Whatever became of the label: who scans it, has it. */
const scan: Decide<'RecordReturnScan'> = ({ now, trackingNumber, scan: said }, state) => {
  const label = labelWith(state, trackingNumber);
  const milestone = milestoneOf.get(said.milestone);
  if (!milestone || label.scans.some(({ eventId }) => eventId === said.eventId)) return [];
  return [{ type: 'ReturnParcelScanned', data: { ...named(label), trackingNumber, ...said, milestone, recordedAt: now } }];
};

/** Only if nothing was heard since, and it did not arrive. */
const silent: Decide<'NoticeSilence'> = ({ now, trackingNumber, standing, since }, state) => {
  const label = labelWith(state, trackingNumber);
  const last = lastScan(label);
  if (last?.occurredAt !== since || last.milestone === 'delivered' || label.overdue === standing || label.overdue === 'lost') return [];
  return [{ type: 'ReturnParcelOverdue', data: { ...named(label), trackingNumber, standing, since, noticedAt: now } }];
};

const withLabel = (state: WayBack, labelId: string | undefined, change: (label: ReturnLabel) => ReturnLabel): WayBack => {
  const label = labelId === undefined ? undefined : state.labels.get(labelId);
  return label ? { ...state, labels: new Map(state.labels).set(label.asked.labelId, change(label)) } : state;
};

const scanned = (
  { overdue: _before, ...label }: ReturnLabel,
  { eventId, milestone, occurredAt, place, reason }: WayBackScan,
): ReturnLabel => ({
  ...label,
  scans: [...label.scans, { eventId, milestone, occurredAt, ...(place === undefined ? {} : { place }), ...(reason ? { reason } : {}) }],
});

/** The labels by which a return comes back, and what carriers tell of them. */
export const wayBack: Decider<WayBackCommand, WayBack, WayBackEvent> = {
  initial: { labels: new Map() },
  evolve: evolving<WayBack, WayBackEvent>({
    ReturnLabelWanted: ({ ended: _before, ...state }, { wantedAt: _at, ...wanted }) => ({ ...state, wanted }),
    ReturnLabelRequested: ({ failure: _before, ...state }, asked) => ({
      ...state,
      labels: new Map(state.labels).set(asked.labelId, { asked, scans: [] }),
    }),
    ReturnLabelPurchased: (state, bought) => withLabel(state, bought.labelId, (label) => ({ ...label, bought })),
    ReturnLabelFailed: (state, { labelId, reason }) => ({
      ...withLabel(state, labelId, (label) => ({ ...label, refused: reason })),
      failure: reason,
    }),
    WayBackEnded: (state, { reason }) => ({ ...state, ended: reason }),
    ReturnLabelVoided: (state, { labelId, voidedAt }) => withLabel(state, labelId, (label) => ({ ...label, voidedAt })),
    ReturnParcelScanned: (state, said) => withLabel(state, said.labelId, (label) => scanned(label, said)),
    ReturnParcelOverdue: (state, { labelId, standing }) => withLabel(state, labelId, (label) => ({ ...label, overdue: standing })),
  }),
  decide: deciding<WayBackCommand, WayBack, WayBackEvent>({
    WantReturnLabel: want,
    RequestReturnLabel: request,
    FailReturnLabel: fail,
    RecordReturnLabel: record,
    EndWayBack: end,
    RecordReturnLabelVoided: voided,
    RecordReturnScan: scan,
    NoticeSilence: silent,
  }),
};
