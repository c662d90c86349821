import { anything, integer, list, object, optional, subjectOf, text, time, truth } from '@cartage/contracts';
import type { Named, NewEvent, Previewed } from '@cartage/eventsourcing';
import { envelopesOf, isPublic, type AnyPublication } from '@cartage/messaging';
import { answerOf } from '../http/answer';
import { withoutBoxes } from './boxes';
import { effectOf, type Effect } from './effect';

/** An event that would be written: as its contract has it if others would hear of it, else its name only. */
export interface PreviewedEvent {
  readonly type: string;
  readonly published: boolean;
  readonly subject: string;
  readonly version?: number;
  readonly data?: unknown;
}

/** What a command would do. */
export interface Preview {
  readonly preview: true;
  readonly repeated: boolean;
  readonly events: readonly PreviewedEvent[];
  readonly effect: Effect;
  readonly asks: readonly string[];
}

const shownEvents = (publication: AnyPublication, stream: string, event: NewEvent): readonly PreviewedEvent[] => {
  if (!isPublic(publication)(event.type)) return [{ type: event.type, published: false, subject: subjectOf(publication.topic, stream) }];
  const stored = { ...event, stream, version: 0, position: '', recordedAt: '' };
  return envelopesOf(publication, stored).map(({ type, subject, version, data }) => ({
    type,
    published: true,
    subject,
    version,
    data: withoutBoxes(data),
  }));
};

export const previewOf = ({ writes, repeated, asks }: Previewed, publication: AnyPublication): Preview => {
  const events = writes.flatMap((write) => write.events.flatMap((event) => shownEvents(publication, write.stream, event)));
  const published: readonly Named[] = events.filter((event) => event.published).map(({ type, data }) => ({ type, data }));
  const kept = writes.flatMap((write) => write.events).filter(({ type }) => !isPublic(publication)(type));
  return { preview: true, repeated, events, effect: effectOf(published, kept), asks };
};

const by = 'Below zero: less of it.';

export const preview = answerOf<Preview>()(
  'Preview',
  object(
    {
      preview: { json: { const: true } },
      repeated: truth('The same request was carried out before: sent in earnest it would be answered as it was then.'),
      events: list(
        object({
          type: text(),
          published: truth('Whether other services would hear of it.'),
          subject: text('What it is about.'),
          version: optional(integer('Of the contract.')),
          data: optional(anything('As the contract has it; what is personal is left out. Absent where nobody else would hear of it.')),
        }),
        'What would be written, in this order; empty where nothing would change. Ids and times would be others.',
      ),
      effect: object(
        {
          money: list(
            object({
              kind: text(
                '`due`, `promised`, `captured`, `collected`, `remitted`, `owed-back`, `refunded`, `charged-back`; `asked`: of a provider.',
              ),
              amount: integer(`Minor units. ${by}`),
              currency: optional(text('ISO 4217.')),
            }),
          ),
          stock: list(
            object({
              kind: text(
                '`wanted`, `reserved`, `allocated`, `on-hand`, `unavailable`, `expected-back`; `to-stop`: whoever ships them would be asked not to; `safety-stock`: the new level.',
              ),
              sku: text(),
              location: optional(text('Location code; absent: of the network.')),
              quantity: integer(`Units. ${by}`),
            }),
          ),
          promises: list(
            object({
              shipGroupId: optional(text()),
              lineId: optional(text()),
              shipBy: optional(time()),
              deliverBy: optional(time()),
              promisedAt: optional(time('When goods that a line waits for are expected.')),
            }),
          ),
        },
        'What these events come to, as far as this service knows; others answer them with events of their own.',
      ),
      asks: list(text(), 'What would be asked of others outside, such as a carrier: what they answer, nobody knows before.'),
    },
    'What the command would do. Nothing was done.',
  ),
);
