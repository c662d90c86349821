import { currency, decimal, integer, list, money, nullable, object, oneOf, text, time } from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import { scorecardGroups, scorecardPeriods, type ScorecardReport } from '../../app/scorecards';

const share = (about: string) => nullable(decimal(`${about} In percent; null where no outcome is known.`));

const cost = object({
  currency: currency(),
  parcels: integer('Those of which the price is known.'),
  cost: money('Of their labels.'),
  perParcel: money('`cost` ÷ `parcels`.'),
  perKg: nullable(money('`cost` ÷ kilograms as packed.')),
  quotedParcels: integer('Those of which the carrier had said before what it would cost, in this currency.'),
  quoted: money('What it had said of those.'),
  overQuotePercent: nullable(decimal('What the labels of those cost above that, in percent of it.')),
});

export const scorecardReport = answerOf<ScorecardReport>()(
  'ScorecardReport',
  object({
    from: time(),
    to: time(),
    by: oneOf(scorecardGroups),
    each: oneOf(scorecardPeriods),
    items: list(
      object({
        carrier: text(),
        service: nullable(text('The carrier’s own; null where it is not looked at by that.')),
        location: nullable(text('Location code.')),
        originCountry: nullable(text('Of the location: ISO 3166-1 alpha-2.')),
        country: nullable(text('Of the destination.')),
        postalArea: nullable(text('Of the destination.')),
        period: nullable(text('First day of the week or month, UTC.')),
        parcels: integer('That the carrier got in the period.'),
        delivered: integer(),
        promiseDue: integer('Promised to the customer, and delivered, or not delivered though the promise is over.'),
        onTimePercent: share('Delivered until the promise, of `promiseDue`.'),
        transitDue: integer('Quoted with a number of days, and delivered, or not delivered though those are over.'),
        onTransitPercent: share('Delivered on the quoted day or before, of `transitDue`; days of the calendar, UTC, from the handover on.'),
        transitDaysP50: nullable(decimal('Half of what was delivered took so many days at most, from the handover on.')),
        transitDaysP90: nullable(decimal('9 of 10 of what was delivered.')),
        firstAttemptPercent: share('Delivered at the first attempt, of those that were delivered or of which an attempt failed.'),
        notDelivered: integer('Of which an attempt failed.'),
        returned: integer('Coming back undelivered, or back.'),
        lost: integer(),
        damaged: integer('The carrier says so, or was asked to pay for it.'),
        stuck: integer('Under way for longer than their lane usually takes.'),
        claims: integer('For which the carrier was asked to pay.'),
        claimsWon: integer('For which it accepted to pay, all or a part.'),
        costs: list(cost, 'By currency.'),
        billed: integer('Whose labels stand in an invoice of the carrier.'),
        billedOtherwisePercent: nullable(
          decimal('Of those, where the invoice is not as the label says beyond what is let pass, in percent; null where none was billed.'),
        ),
        billedOtherwise: list(
          object({
            currency: currency(),
            labels: integer(),
            amount: money('Above zero it was too much.'),
            credited: money('Given back of it, or to be given back.'),
          }),
          'The money of those, by currency.',
        ),
      }),
      'Most parcels first, 1,000 at most.',
    ),
  }),
);
