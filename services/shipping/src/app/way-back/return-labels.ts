import type { Reason, ReturnEvent } from '@cartage/contracts';
import { Refused, type DataOf, type Deadline, type Meta } from '@cartage/eventsourcing';
import type { Wish } from '../../domain/commands';
import type { BoughtLabel, Wanted } from '../../domain/way-back/events';
import { currentLabel, returnLabelsToVoid, type ReturnLabel, type WayBack } from '../../domain/way-back/way-back';
import type { Booked } from '../carrier';
import { carrierOf, recipientOf } from '../consignments';
import { askCarrier, consignmentOfReturn, senderOf, weightOf, type AskingNeeds } from './asking';
import { chooseForReturn, type ReturnChoiceNeeds } from './choosing';
import { laterOfReturn, type ReturnLabelDue } from './deadlines';
import type { ReturnCustoms } from './return-customs';
import { voidReturnLabels } from './voiding';

export interface ReturnLabelsNeeds extends AskingNeeds, ReturnChoiceNeeds {
  /** UUIDv7. */
  readonly newId: () => string;
  readonly customs: ReturnCustoms;
}

/** Labels by which customers send goods back: asked for and bought once, printed as often as needed, voided when nobody uses them. */
export interface ReturnLabels {
  /** Follows from what returns allowed; quiet where it needs no label. */
  request(allowed: DataOf<ReturnEvent, 'ReturnAuthorized'>, meta: Meta): Promise<void>;
  /** A person asks again, perhaps another carrier. */
  retry(returnId: string, wish: Wish, meta: Meta): Promise<WayBack>;
  /** Nothing is to come, or nothing more. */
  end(returnId: string, reason: Reason, meta: Meta): Promise<void>;
  get(returnId: string): Promise<WayBack>;
  print(returnId: string): Promise<Uint8Array>;
  /** What the carrier's counter reads. */
  counterCode(returnId: string): Promise<string>;
  onDue(deadline: Deadline, meta: Meta): Promise<void>;
}

type KnownWayBack = WayBack & { readonly wanted: Wanted };
const isWanted = (state: WayBack): state is KnownWayBack => state.wanted !== undefined;

export const unknownReturnLabel = (): Refused => new Refused('RETURN_LABEL_UNKNOWN', 'No label was asked for of such a return.', 'unknown');

const read = async ({ log }: ReturnLabelsNeeds, returnId: string): Promise<KnownWayBack> => {
  const state = await log.read(returnId);
  if (isWanted(state)) return state;
  throw unknownReturnLabel();
};

const bookedOf = ({ trackingNumber, service, currency, cost }: BoughtLabel): Omit<Booked, 'status'> => ({
  ...{ service, currency, cost },
  parcels: [{ parcelId: '1', trackingNumber }],
});

/** The label that its customer has. */
export const labelOfReturn = (returnId: string, state: WayBack): ReturnLabel & { readonly bought: BoughtLabel } => {
  if (!isWanted(state)) throw unknownReturnLabel();
  const label = currentLabel(state);
  if (label?.bought) return { ...label, bought: label.bought };
  throw new Refused('RETURN_NOT_LABELLED', `Return ${returnId} has no label, or none any more.`);
};

interface Unlabelled {
  readonly reason: Reason;
  /** The carrier policy by which there was nobody to choose. */
  readonly policy?: string;
}

const failed = async ({ log, now }: ReturnLabelsNeeds, { returnId }: Wanted, why: Unlabelled, meta: Meta): Promise<void> =>
  void (await log.send(returnId, { type: 'FailReturnLabel', data: { ...why, now: now().toISOString() } }, meta));

const wishOf = ({ carrier, service }: Wanted): Wish => ({
  ...(carrier === undefined ? {} : { carrier }),
  ...(service === undefined ? {} : { service }),
});

interface Asking {
  readonly wanted: Wanted;
  readonly wish: Wish;
  readonly meta: Meta;
}

/** Chooses who is asked for it, once. What is asked for already is asked for again, by the same reference. */
const obtain = async (needs: ReturnLabelsNeeds, asking: Asking): Promise<void> => {
  const { wanted, meta } = asking;
  const before = currentLabel(await needs.log.read(wanted.returnId));
  const label = before ?? (await requested(needs, asking));
  if (label && !label.bought) await askCarrier(needs, { wanted, label, attempt: 0 }, meta);
};

const requested = async (needs: ReturnLabelsNeeds, { wanted, wish, meta }: Asking): Promise<ReturnLabel | undefined> => {
  const named = { ...meta, commandId: `${meta.commandId}.label` };
  const sender = await senderOf(needs, wanted);
  if ('code' in sender) return void (await failed(needs, wanted, { reason: sender }, named));
  const { orderId, location, lines, returnId } = wanted;
  const weightGrams = await weightOf(needs, lines);
  const to = (await needs.locations.find(location)) ?? {};
  const customs = await needs.customs.declare({ wanted, weightGrams, from: sender.recipient, to });
  if (customs && 'code' in customs) return void (await failed(needs, wanted, { reason: customs }, named));
  const parcel = { location, weightGrams, ...sender.kept, ...(customs ? { customs } : {}) };
  const consignment = await consignmentOfReturn(needs, wanted, { ...parcel, recipient: sender.recipient });
  const sold = sender.channel === undefined ? {} : { channel: sender.channel };
  const choice = await chooseForReturn(needs, { consignment, goods: { orderId, location, lines, ...sold }, wish });
  if ('reason' in choice) return void (await failed(needs, wanted, choice, named));
  const labelId = needs.newId();
  // Watched before it is written: whoever asked may never ask again.
  await needs.deadlines.set(laterOfReturn('ReturnLabelOutstanding', { returnId, labelId, attempt: 0 }, needs.now()));
  const data = { labelId, ...choice, ...parcel, now: needs.now().toISOString() };
  return currentLabel((await needs.log.send(returnId, { type: 'RequestReturnLabel', data }, named)).state);
};

/** A wish that the policy wrote and nobody has set up is no reason to try for ever: it is told, as a failure. */
const request = async (needs: ReturnLabelsNeeds, wanted: Wanted, meta: Meta): Promise<void> => {
  const { state } = await needs.log.send(
    wanted.returnId,
    { type: 'WantReturnLabel', data: { ...wanted, now: needs.now().toISOString() } },
    meta,
  );
  if (state.ended || !state.wanted) return;
  try {
    await obtain(needs, { wanted: state.wanted, wish: wishOf(state.wanted), meta });
  } catch (error) {
    if (!(error instanceof Refused) || error.kind !== 'invalid') throw error;
    await failed(
      needs,
      wanted,
      { reason: { code: 'policy-unusable', detail: error.message, by: 'policy' } },
      { ...meta, commandId: `${meta.commandId}.label` },
    );
  }
};

const allowedIn = ({
  returnId,
  orderId,
  lines,
  receivingLocation,
  sendBack,
}: DataOf<ReturnEvent, 'ReturnAuthorized'>): Wanted | undefined => {
  if (!sendBack || receivingLocation === undefined || (sendBack.by !== 'label' && sendBack.by !== 'qr')) return undefined;
  const coming = lines.flatMap(({ keep, lineId, sku, quantity }) => (keep ? [] : [{ lineId, sku, quantity }]));
  const { by: format, ...wish } = sendBack;
  return coming.length === 0 ? undefined : { returnId, orderId, location: receivingLocation, format, lines: coming, ...wish };
};

const print = async (needs: ReturnLabelsNeeds, returnId: string): Promise<Uint8Array> => {
  const state = await read(needs, returnId);
  const { asked, bought } = labelOfReturn(returnId, state);
  const recipient = await recipientOf(needs, asked);
  if ('code' in recipient) throw new Refused('PERSONAL_ERASED', `${recipient.detail} Its label can no longer be printed.`);
  const consignment = await consignmentOfReturn(needs, state.wanted, { ...asked, recipient });
  const { labelId: reference, service } = bought;
  return carrierOf(needs, asked.carrier).label({ ...consignment, reference, service }, bookedOf(bought));
};

/** A label that is still wanted is asked for again, one that is not is voided. */
const whenDue = async (needs: ReturnLabelsNeeds, { returnId, labelId, attempt }: ReturnLabelDue, meta: Meta): Promise<void> => {
  const state = await needs.log.read(returnId);
  if (state.ended) return voidReturnLabels(needs, { state, returnId, attempt }, meta);
  const label = currentLabel(state);
  if (state.wanted && label && !label.bought && label.asked.labelId === labelId)
    await askCarrier(needs, { wanted: state.wanted, label, attempt }, meta);
};

export const createReturnLabels = (needs: ReturnLabelsNeeds): ReturnLabels => ({
  request: async (allowed, meta) => {
    const wanted = allowedIn(allowed);
    if (wanted) await request(needs, wanted, meta);
  },
  retry: async (returnId, wish, meta) => {
    const state = await read(needs, returnId);
    if (state.ended) throw new Refused('RETURN_ENDED', 'Nothing is to be sent back any more: there is no label for it.');
    await obtain(needs, { wanted: state.wanted, wish: wish.carrier === undefined ? { ...wishOf(state.wanted), ...wish } : wish, meta });
    return needs.log.read(returnId);
  },
  end: async (returnId, reason, meta) => {
    if (!isWanted(await needs.log.read(returnId))) return;
    const { state } = await needs.log.send(returnId, { type: 'EndWayBack', data: { reason, now: needs.now().toISOString() } }, meta);
    if (returnLabelsToVoid(state).length > 0) await voidReturnLabels(needs, { state, returnId, attempt: 0 }, meta);
  },
  get: (returnId) => read(needs, returnId),
  print: (returnId) => print(needs, returnId),
  counterCode: async (returnId) => {
    const { asked, bought } = labelOfReturn(returnId, await read(needs, returnId));
    const code = bought.format === 'qr' ? carrierOf(needs, asked.carrier).counterCode?.(bookedOf(bought)) : undefined;
    if (code !== undefined) return code;
    throw new Refused('LABEL_FORMAT_UNKNOWN', 'The counters of its carrier read no code: print label.pdf.');
  },
  onDue: async ({ name, data }, meta) => {
    if (name === 'ReturnLabelOutstanding' || name === 'ReturnLabelToVoid') await whenDue(needs, data as ReturnLabelDue, meta);
  },
});
