import { integer, list, nullable, object, oneOf, text, time, uuid } from '@cartage/contracts';
import { answerOf, knownItem, pageAnswer } from '@cartage/service-kit';
import type { ErasureCertificate } from '../app/erasure-certificate';
import { erasureStates, type ListedErasure } from '../app/erasure-list';
import type { PersonExport } from '../app/erasures';

const status = oneOf(
  erasureStates,
  '`waiting`: for orders that are under way; `asked`: not all services have answered; `overdue`: one has not answered in time; `erased`.',
);

export const personExport = answerOf<PersonExport>()(
  'PersonExport',
  object({
    orders: list(uuid(), 'All orders of the person.'),
    customers: list(text(), 'The customer id, if they have one.'),
    exportedAt: time(),
    items: list(knownItem, 'Of all services, oldest first.'),
    missing: list(text(), 'Services that could not be asked: what they know is not here. Ask again.'),
  }),
);

export const erasureCertificate = answerOf<ErasureCertificate>()(
  'ErasureCertificate',
  object({
    erasureId: uuid(),
    status,
    requestedBy: text('Who asked for it.'),
    reason: nullable(text()),
    deferredAt: nullable(time('When it was asked for while orders were under way.')),
    requestedAt: nullable(time('When every service was told.')),
    answerBy: nullable(time('Until when they are to answer.')),
    completedAt: nullable(time('When the last of them had.')),
    customers: list(text(), 'The customer id, which names nobody any more.'),
    orders: list(uuid()),
    keys: list(text(), 'Names of the data keys that were destroyed.'),
    waitsFor: list(uuid(), 'Orders that are under way.'),
    services: list(
      object({
        service: text(),
        erasedAt: time(),
        forgotten: list(object({ what: text(), count: integer() }), 'What was deleted or made unreadable there.'),
        kept: list(object({ what: text(), why: text() }), 'What stays, without a name to it.'),
        sentTo: list(object({ who: text(), what: text() }), 'Who else was sent something of the person.'),
      }),
    ),
    missing: list(text(), 'Services that have not answered yet.'),
    outOfReach: list(object({ what: text(), why: text() }), 'What nobody here can forget.'),
    hash: nullable(text('SHA-256 of all of it but this, as canonical JSON (RFC 8785); null until it is over.')),
  }),
);

export const erasurePage = pageAnswer(
  answerOf<ListedErasure>()(
    'ListedErasure',
    object({
      erasureId: uuid(),
      status,
      requestedBy: text(),
      askedAt: time(),
      answerBy: nullable(time()),
      completedAt: nullable(time()),
      missing: list(text()),
      orderCount: integer(),
    }),
  ),
);
