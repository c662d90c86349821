import { integer, list, nullable, object, oneOf, optional, orderId, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { Brand } from '../app/brands';
import type { ShownMessage } from '../app/message-log';
import { messageStatuses } from '../app/outbox';
import type { Rendered } from '../app/rendering';
import type { ListedTemplate, ShownTemplate } from '../app/templates';
import { media, messageKinds, type MessageKind } from '../domain/kinds';
import type { TemplateSource } from '../domain/template';

const kind = oneOf(messageKinds as readonly [MessageKind, ...MessageKind[]], 'What about.');
const medium = oneOf(media, 'A mail, or a few lines that another system sends on.');

export const message = answerOf<ShownMessage>()(
  'Message',
  object({
    messageId: uuid(),
    orderId,
    kind,
    medium,
    status: oneOf(
      messageStatuses,
      '`sent` is handed over; `merged` went out as part of another; `suppressed` was not to be sent; `failed` is final.',
    ),
    plannedAt: time('When the event was heard.'),
    endedAt: nullable(time('When it was sent, failed or was suppressed.')),
    attempts: integer('How often somebody set out to send it.'),
    reason: nullable(text('Why it failed or was suppressed: a stable code.')),
    detail: nullable(text('What the receiver answered, without the address.')),
    template: nullable(text('The template that it was written by.')),
    templateVersion: nullable(integer('1 is built in.')),
    locale: nullable(text('BCP 47.')),
    brand: nullable(text('The brand that wrote.')),
    sender: nullable(text('The adapter that handed it over.')),
    reference: nullable(text('The receiver’s own name of it.')),
    mergedInto: nullable(uuid('The message that it went out with.')),
    repeats: nullable(uuid('The message that it repeats, on request.')),
  }),
);
export const messagePage = pageAnswer(message);

const listedTemplate = {
  template: text('Kind, medium, locale and perhaps brand.'),
  kind,
  medium,
  locale: text('BCP 47.'),
  brand: nullable(text('Null: of every brand.')),
  active: integer('The version that messages are written by; 1 is built in.'),
  versions: integer('How many there are.'),
};
export const templatePage = pageAnswer(answerOf<ListedTemplate>()('ListedTemplate', object(listedTemplate)));
export const template = answerOf<ShownTemplate>()(
  'Template',
  object({
    ...listedTemplate,
    activations: list(
      object({ version: integer(), replaces: integer(), by: text('Who.'), activatedAt: time() }),
      'What was in use when, the last one last.',
    ),
  }),
);
export const templateSource = answerOf<TemplateSource>()(
  'TemplateSource',
  object({ subject: optional(text()), mjml: optional(text()), text: text('ICU messages stand between `[[` and `]]`.') }),
);
export const rendered = answerOf<Rendered>()(
  'RenderedMessage',
  object({ subject: optional(text()), html: optional(text()), text: text() }),
);

const shownBrand = answerOf<Brand>()(
  'Brand',
  object({
    code: text(),
    name: text('As customers know it.'),
    sender: text('The sender of its mails.'),
    locale: text('Of customers who said none; BCP 47.'),
    channels: list(text(), 'Its sales channels.'),
  }),
);
export const brand = shownBrand;
export const brandList = answerOf<readonly Brand[]>()('BrandList', list(shownBrand, 'By code.'));

export interface ShownPreferences {
  readonly customerId: string;
  readonly optOut: readonly MessageKind[];
  /** What can be done without. */
  readonly optional: readonly MessageKind[];
}
export const preferences = answerOf<ShownPreferences>()(
  'Preferences',
  object({
    customerId: text(),
    optOut: list(kind, 'What the customer does without.'),
    optional: list(kind, 'What can be done without; everything else has to be told.'),
  }),
);
