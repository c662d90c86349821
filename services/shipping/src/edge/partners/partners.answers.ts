import { integer, list, nullable, object, oneOf, optional, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import { labelGivers, partnerKinds, type Partner } from '../../app/partners/partner';
import { messageKinds, messageStatuses, type ShownMessage } from '../../app/partners/partner-message';
import { noticeStatuses, type ReceivedNotice } from '../../app/partners/partner-notices';
import { noticeTypes } from './notice.dto';

const partnerShape = object({
  partner: text(),
  kind: oneOf(partnerKinds),
  adapter: text('How it speaks.'),
  endpoint: optional(text('Where it is told.')),
  locations: list(text(), 'Codes of the locations that it serves.'),
  labels: oneOf(labelGivers, 'Whose labels its parcels go with, where it does not say.'),
  packingSlip: optional(object({ sender: text(), text: optional(text()) }, 'What stands on packing slips that it prints.')),
  deliveredAfterDays: optional(integer('A shipment of which no carrier tells anything is taken to be delivered after so many days.')),
  hasSecret: truth('The secret itself is told to nobody.'),
  revision: integer(),
  changedAt: time(),
});
export const partner = answerOf<Partner>()('Partner', partnerShape);
export const partners = answerOf<{ readonly items: readonly Partner[] }>()('Partners', object({ items: list(partnerShape) }));

const faults = list(object({ field: text('By the partner’s own names.'), code: text(), message: text() }), 'What is wrong with it.');
const code = nullable(text('The refusal’s stable code.'));

export const message = answerOf<ShownMessage>()(
  'PartnerMessageStatus',
  object({
    messageId: uuid('The same however often it is told.'),
    partner: text(),
    shipmentId: uuid('The `reference` of it.'),
    kind: oneOf(messageKinds),
    status: oneOf(
      messageStatuses,
      '`waiting`: to be told; `told`; `overdue`: told, and not answered in time; `passed-over`: there was nothing to tell any more; `refused`: mend its cause and send it again, or drop it; `dropped`.',
    ),
    detail: text('What became of it, for people.'),
    code,
    faults,
    attempts: integer('How often it was taken to tell it.'),
    plannedAt: time(),
    endedAt: nullable(time()),
  }),
);
export const messages = pageAnswer(message);

export const notice = answerOf<ReceivedNotice>()(
  'PartnerNotice',
  object({
    partner: text(),
    noticeId: text('The partner’s own, or by what the file held.'),
    kind: oneOf([...noticeTypes, 'unreadable'], '`unreadable`: said at once to a message, in a form that is none.'),
    reference: nullable(uuid('The shipment that it speaks of.')),
    status: oneOf(
      noticeStatuses,
      '`taken`: it is as it says; `parked`: its shipment is not known here yet; `refused`: mend it and send it again, or drop it; `dropped`.',
    ),
    detail: text('What became of it, for people.'),
    code,
    faults,
    tries: integer('How often it was looked at.'),
    receivedAt: time('When it came first.'),
  }),
);
export const notices = pageAnswer(notice);
