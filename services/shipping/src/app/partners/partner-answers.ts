import type { Deadline, Deadlines } from '@cartage/eventsourcing';
import { isGone } from '../../domain/collecting';
import type { Shipment } from '../../domain/shipment';
import type { WithPartner } from '../../domain/with-partner';
import type { ShipmentLog } from '../shipment-log';
import type { ClaimedMessage, MessageKind, MessageOutbox } from './partner-message';

interface AnswerDue {
  readonly partner: string;
  readonly shipmentId: string;
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly attempt: number;
}

const NAME = 'PartnerAnswerDue';
/** Asked again with pauses twice as long each time; then it stands in the list, and a person knows more. */
const MOST_ASKED = 6;

interface When {
  readonly attempt: number;
  readonly now: Date;
  readonly ms: number;
}

/** Every wait has an end: of a message there is one deadline for each time that its answer is waited for. */
export const answerDue = (
  { partner, shipmentId, messageId, content: { kind } }: Pick<ClaimedMessage, 'partner' | 'shipmentId' | 'messageId' | 'content'>,
  { attempt, now, ms }: When,
): Deadline => ({
  id: `${NAME}-${messageId}-${attempt}`,
  stream: `shipment-${shipmentId}`,
  name: NAME,
  dueAt: new Date(now.getTime() + ms * 2 ** (attempt - 1)).toISOString(),
  data: { partner, shipmentId, messageId, kind, attempt } satisfies AnswerDue,
});

const isSilent = ({ acceptedAt, rejected }: WithPartner = {}): boolean => acceptedAt === undefined && rejected === undefined;

/** Whether something is still waited for. Whoever picks, packs or rejects it has taken it. */
const isOpen = (shipment: Shipment, kind: MessageKind): boolean => {
  if (kind === 'cancel') return shipment.status !== 'cancelled' && !isGone(shipment) && shipment.withPartner?.cancellation !== undefined;
  return kind === 'request' && shipment.status === 'to-pack' && !shipment.picking && isSilent(shipment.withPartner);
};

export interface PartnerAnswersNeeds {
  readonly log: Pick<ShipmentLog, 'read'>;
  readonly outbox: Pick<MessageOutbox, 'plan' | 'overdue'>;
  readonly deadlines: Deadlines;
  readonly idFor: (...named: readonly string[]) => string;
  readonly ring: () => void;
  readonly answerMs: number;
  readonly now: () => Date;
}

/** An answer that does not come is listed, and asked for by our reference. */
export const whenAnswerDue =
  (needs: PartnerAnswersNeeds) =>
  async ({ name, data }: Deadline): Promise<void> => {
    if (name !== NAME) return;
    const { partner, shipmentId, messageId, kind, attempt } = data as AnswerDue;
    const { shipment } = await needs.log.read(shipmentId);
    if (!isOpen(shipment, kind)) return;
    await needs.outbox.overdue(messageId);
    if (attempt >= MOST_ASKED) return;
    const asking = { messageId: needs.idFor('partner-status', messageId, 'due', String(attempt)), partner, shipmentId };
    await needs.outbox.plan({ ...asking, content: { kind: 'status' }, plannedAt: needs.now().toISOString() });
    needs.ring();
    const again = { attempt: attempt + 1, now: needs.now(), ms: needs.answerMs };
    await needs.deadlines.set(answerDue({ partner, shipmentId, messageId, content: { kind } as ClaimedMessage['content'] }, again));
  };
