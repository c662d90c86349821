import { zoneOf, type Personal, type Reason, type Sealed, type ShippingEvent } from '@cartage/contracts';
import { invalidField, Refused, type DataOf, type Deadline, type Deadlines, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { instructionsOf } from '../domain/beside';
import { localDay } from '../domain/days/local-day';
import type { Plan } from '../domain/events';
import type { Instruction, InstructionKind } from '../domain/instruction';
import { failuresOf, overtakenBy } from '../domain/instructions';
import { hasLabel, isCarried, type Shipment } from '../domain/shipment';
import type { Carriers, DeliveryInstruction, InstructionAnswer, Recipient } from './carrier';
import type { ShipmentLog } from './shipment-log';

export interface InstructionWish {
  readonly parcelId?: string;
  readonly instruction: InstructionKind;
  /** Local date of the destination, to reschedule. */
  readonly day?: string;
  /** The corrected one. */
  readonly address?: NonNullable<Personal['address']>;
  readonly reason: Reason;
}

/** What the carrier is told when nobody says it. */
export interface Policy {
  readonly waitMs: number;
  readonly then: 'reattempt' | 'return' | 'nothing';
  /** After so many failed attempts it is brought back. */
  readonly mostAttempts: number;
}

export interface InstructionsNeeds {
  readonly log: ShipmentLog;
  readonly carriers: Carriers;
  readonly vault: Pick<Vault, 'open' | 'seal'>;
  readonly deadlines: Pick<Deadlines, 'set' | 'cancel'>;
  readonly instructionIdOf: (...named: readonly string[]) => string;
  readonly policy: Policy;
  readonly now: () => Date;
}

/** What becomes of parcels that could not be delivered: somebody says it, or else the policy; the carrier is told. */
export interface Instructions {
  instruct(shipmentId: string, wish: InstructionWish, meta: Meta): Promise<Shipment>;
  /** A delivery failed: whoever may say what is to be done has so long. */
  await(failed: DataOf<ShippingEvent, 'DeliveryAttemptFailed'>): Promise<void>;
  onDue(deadline: Deadline, meta: Meta): Promise<void>;
}

const MOST_DAYS = 30;
const DAY_MS = 86_400_000;

const requireDay = ({ instruction, day }: InstructionWish): void => {
  if ((instruction === 'reschedule') === (day !== undefined)) return;
  if (day === undefined) throw invalidField('day', 'DAY_MISSING', 'Say on which day it is to be tried.');
  throw invalidField('day', 'DAY_NEEDLESS', 'A day is said to reschedule only.');
};

const requireAddress = ({ instruction, address }: InstructionWish): void => {
  if ((instruction === 'address') === (address !== undefined)) return;
  if (!address) throw invalidField('address', 'ADDRESS_MISSING', 'Say the corrected address.');
  throw invalidField('address', 'ADDRESS_NEEDLESS', 'An address is said to correct it only.');
};

const requireAhead = (day: string | undefined, { destination }: Plan, now: Date): void => {
  if (day === undefined) return;
  const zone = zoneOf(destination ?? {});
  if (day > localDay(zone, now) && day <= localDay(zone, new Date(now.getTime() + MOST_DAYS * DAY_MS))) return;
  throw invalidField('day', 'DAY_NOT_AHEAD', `It is to be a day from tomorrow on, and within ${MOST_DAYS} days.`);
};

const sealedTo = async (
  { vault }: InstructionsNeeds,
  { personal }: Plan,
  address: InstructionWish['address'],
): Promise<{ readonly personal?: Sealed }> => {
  if (!address) return {};
  const person = await vault.open(personal);
  if (!person) throw new Refused('PERSONAL_ERASED', 'The recipient’s personal data was erased: there is nobody to deliver to.');
  return { personal: await vault.seal(personal.key, { ...person, address }) };
};

interface Telling {
  readonly shipmentId: string;
  readonly instructionId: string;
  /** How often the carrier gave no answer before. */
  readonly attempt: number;
}

const OUTSTANDING = 'InstructionOutstanding';
const DUE = 'InstructionDue';
const PAUSES_S = [60, 120, 300, 600, 900];

const again = ({ shipmentId, instructionId, attempt }: Telling, now: Date): Deadline => ({
  id: `${OUTSTANDING}-${instructionId}-${attempt + 1}`,
  stream: `shipment-${shipmentId}`,
  name: OUTSTANDING,
  dueAt: new Date(now.getTime() + (PAUSES_S[Math.min(attempt, PAUSES_S.length - 1)] ?? 0) * 1_000).toISOString(),
  data: { shipmentId, instructionId, attempt: attempt + 1 },
});

const no = (code: string, detail: string): InstructionAnswer => ({ status: 'refused', reason: { code, detail, by: 'policy' } });

const requestOf = ({ instructionId, parcelId, trackingNumber, instruction, day }: Instruction, booking: string): DeliveryInstruction => ({
  ...{ reference: `${instructionId}/${parcelId}`, booking, parcel: { parcelId, trackingNumber }, instruction },
  ...(day === undefined ? {} : { day }),
});

const untold: InstructionAnswer = { status: 'refused', reason: { code: 'overtaken', by: 'policy' } };

/** What the carrier says; throws when it gives no answer. */
const ask = async ({ carriers, vault }: InstructionsNeeds, shipment: Shipment, each: Instruction): Promise<InstructionAnswer> => {
  const reason = overtakenBy(shipment, each);
  if (reason) return { status: 'refused', reason };
  if (!hasLabel(shipment)) return untold;
  const { carrier: name, labelId: booking } = shipment.label;
  const carrier = carriers.get(name);
  if (!carrier?.instruct) return no('by-hand', `Carrier ${name} cannot be told from here. Tell it by telephone, or on its own page.`);
  if (!each.personal) return carrier.instruct(requestOf(each, booking));
  const recipient = await vault.open<Recipient>(each.personal);
  if (!recipient) return no('personal-erased', 'The recipient’s personal data was erased.');
  return carrier.instruct({ ...requestOf(each, booking), recipient });
};

/** Nothing where the carrier gives no answer, in whatever way: it is asked again. */
const answerTo = (needs: InstructionsNeeds, shipment: Shipment, each: Instruction): Promise<InstructionAnswer | undefined> =>
  ask(needs, shipment, each).catch(() => undefined);

const record = async (
  needs: InstructionsNeeds,
  { shipmentId, each, answer }: { shipmentId: string; each: Instruction; answer: InstructionAnswer },
  meta: Meta,
) => {
  const of = { instructionId: each.instructionId, parcelId: each.parcelId, now: needs.now().toISOString() };
  const command =
    answer.status === 'accepted'
      ? ({ type: 'AcceptInstruction', data: of } as const)
      : ({ type: 'RefuseInstruction', data: { ...of, reason: answer.reason } } as const);
  await needs.log.send(shipmentId, command, { ...meta, commandId: `${meta.commandId}.${each.instructionId}.${each.parcelId}` });
};

/** Tells the carrier what it was not told yet; what it does not answer is told again, by the same reference. */
const tell = async (needs: InstructionsNeeds, telling: Telling, meta: Meta): Promise<void> => {
  const { shipmentId, instructionId } = telling;
  const { shipment } = await needs.log.read(shipmentId);
  const open = instructionsOf(shipment).filter((each) => each.instructionId === instructionId && !each.outcome);
  const next = again(telling, needs.now());
  // Set before anybody is called: whoever crashes now is overtaken by it.
  if (open.length > 0) await needs.deadlines.set(next);
  let isSilent = false;
  for (const each of open) {
    const answer = await answerTo(needs, shipment, each);
    if (answer) await record(needs, { shipmentId, each, answer }, meta);
    else isSilent = true;
  }
  if (!isSilent) await needs.deadlines.cancel(next.id);
};

const instruct = async (
  needs: InstructionsNeeds,
  { shipmentId, ...wish }: InstructionWish & { shipmentId: string },
  meta: Meta,
): Promise<Shipment> => {
  requireDay(wish);
  requireAddress(wish);
  const { shipment } = await needs.log.read(shipmentId);
  const plan = isCarried(shipment) ? shipment.plan : undefined;
  if (plan) requireAhead(wish.day, plan, needs.now());
  const { address, ...said } = wish;
  const instructionId = needs.instructionIdOf(shipmentId, meta.commandId);
  const data = { ...said, instructionId, ...(plan ? await sealedTo(needs, plan, address) : {}), now: needs.now().toISOString() };
  const telling = { shipmentId, instructionId, attempt: 0 };
  // Watched before it is written: whoever says it may never say it again.
  if (!meta.preview) await needs.deadlines.set(again(telling, needs.now()));
  await needs.log.send(shipmentId, { type: 'InstructDelivery', data }, meta);
  await tell(needs, telling, meta);
  return (await needs.log.read(shipmentId)).shipment;
};

interface Waiting {
  readonly shipmentId: string;
  readonly parcelId: string;
}

/** Nobody said what is to be done: the policy does. */
const byPolicy = async (needs: InstructionsNeeds, { shipmentId, parcelId }: Waiting, meta: Meta): Promise<void> => {
  const { shipment } = await needs.log.read(shipmentId);
  const { attempts, waits } = failuresOf(shipment, parcelId);
  const { then, mostAttempts } = needs.policy;
  if (!waits || then === 'nothing') return;
  const instruction = attempts >= mostAttempts ? 'return' : then;
  const reason = { code: 'no-answer', detail: `Nobody said what is to be done; it failed ${attempts} times.`, by: 'policy' };
  await instruct(needs, { shipmentId, parcelId, instruction, reason }, meta);
};

export const createInstructions = (needs: InstructionsNeeds): Instructions => ({
  instruct: (shipmentId, wish, meta) => instruct(needs, { ...wish, shipmentId }, meta),
  await: ({ shipmentId, parcelId, occurredAt, recordedAt }) =>
    needs.deadlines.set({
      id: `${DUE}-${shipmentId}-${parcelId}-${occurredAt}`,
      stream: `shipment-${shipmentId}`,
      name: DUE,
      dueAt: new Date(Date.parse(recordedAt) + needs.policy.waitMs).toISOString(),
      data: { shipmentId, parcelId } satisfies Waiting,
    }),
  onDue: async ({ name, data }, meta) => {
    if (name === OUTSTANDING) await tell(needs, data as Telling, meta);
    if (name === DUE)
      await byPolicy(needs, data as Waiting, meta).catch((error: unknown) => {
        // It was delivered, or is on its way back, while this was decided: nothing is to be said any more.
        if (!(error instanceof Refused)) throw error;
      });
  },
});
