import { integer, list, object, optional, text, time, truth } from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { AvailabilityAt, PromiseCheck } from '../app/availability';
import type { Booked } from '../app/stock-orders';

const asOf = time('All figures belong to this instant.');
const onHand = integer('Units physically there and fit to be sold.');
const allocated = integer('Units that orders have a claim on at this location.');
const safetyStock = integer('Units held back.');

export const booked = answerOf<Booked['answer']>()(
  'BookedStock',
  object({
    location: text('Location code.'),
    skus: integer('Different SKUs that were booked.'),
    units: integer('Units received, changed (below zero for a loss), or to be held back.'),
  }),
);

const atLocation = object({
  location: text('Location code.'),
  active: truth('Whether its stock can be promised and shipped.'),
  onHand,
  allocated,
  safetyStock,
  unavailable: integer('Units there, but not fit to be sold.'),
  atp: integer('Available to promise: onHand − allocated − safetyStock; nothing where it is closed.'),
  revision: integer('Grows with every change of this SKU here.'),
});

export const availability = answerOf<AvailabilityAt>()(
  'Availability',
  object({
    asOf,
    items: list(
      object({
        sku: text(),
        onHand: integer('Units over all open locations.'),
        reserved: integer('Units claimed by orders, at no location yet.'),
        allocated: integer('Units claimed by orders at one location.'),
        safetyStock,
        atp: integer(
          'Available to promise over the network: onHand − reserved − allocated − safetyStock. Below zero, by at most safetyStock, when units were lost or more is to be held back after they were promised: promises eat into what is held back, and no more is promised.',
        ),
        locations: list(atLocation),
        parts: optional(
          list(
            object({ sku: text(), quantity: integer('Units in one kit.') }),
            'It is a kit, made of these: all its figures are kits that they make.',
          ),
        ),
      }),
    ),
  }),
);

export const promiseCheck = answerOf<PromiseCheck>()(
  'PromiseCheck',
  object({
    asOf,
    promisable: truth('Whether an order of all these lines would be reserved.'),
    lines: list(
      object({
        sku: text(),
        requested: integer('Units, all lines of the SKU together.'),
        available: integer('Units that can be promised.'),
        promisable: truth(),
      }),
      'One for each SKU.',
    ),
  }),
);
