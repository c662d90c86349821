import { currency, decimal, integer, list, named, object, optional, text } from '@cartage/contracts';

const carriageRate = object({
  zone: optional(text('How decisions name it.')),
  from: optional(list(text(), 'Only from these location codes or kinds.')),
  to: optional(list(text(), 'Only to these countries, or a country and how its postal area begins.')),
  upToKm: optional(decimal('Only so far; never where the distance is not known.')),
  amount: integer('Minor units, whatever it weighs.'),
  perKg: optional(integer('More for each started kilogram.')),
  steps: optional(list(object({ upToGrams: integer(), amount: integer() }), 'More by weight, the lightest first.')),
  least: optional(integer('It never costs less.')),
});

export const costTable = object(
  {
    currency: currency(),
    halfCost: integer('A fulfilment that costs so much gets half of the points for cost.'),
    handling: named(integer(), 'Minor units for each fulfilment, by location code or kind.'),
    handlingPerLine: optional(named(integer(), 'More for each line of it.')),
    handlingPerUnit: optional(named(integer(), 'More for each unit of it.')),
    rates: list(carriageRate, 'Carriage: the first of which all that is said is true holds, else the last.'),
    defaultGrams: optional(integer('What a unit counts as whose weight nobody knows; absent: 1000.')),
  },
  'What a fulfilment is estimated to cost.',
);

export const costParts = object(
  {
    carriage: integer('Minor units.'),
    handling: integer('Minor units.'),
    grams: integer('What all of it weighs, or counts as.'),
    zone: optional(text('Of the rate that held, where it has a name.')),
  },
  'What the cost is made of.',
);
