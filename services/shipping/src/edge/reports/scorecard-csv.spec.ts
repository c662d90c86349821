import type { Scorecard } from '../../app/scorecards';
import { scorecardCsv } from './scorecard-csv';

const card: Scorecard = {
  ...{ carrier: '=dhl', service: 'standard', location: 'BER', originCountry: 'DE', country: 'JP', postalArea: null, period: null },
  ...{ parcels: 3, delivered: 2, promiseDue: 2, onTimePercent: 50, transitDue: 0, onTransitPercent: null, transitDaysP50: 2.5 },
  ...{ transitDaysP90: 4, firstAttemptPercent: 100, notDelivered: 0, returned: 0, lost: 0, damaged: 0, stuck: 1, claims: 0, claimsWon: 0 },
  ...{ billed: 2, billedOtherwisePercent: 50 },
  billedOtherwise: [
    { currency: 'EUR', labels: 1, amount: 205, credited: 100 },
    { currency: 'GBP', labels: 1, amount: 40, credited: 0 },
  ],
  costs: [
    { currency: 'EUR', parcels: 2, cost: 1_205, perParcel: 603, perKg: 301, quotedParcels: 1, quoted: 600, overQuotePercent: 0.4 },
    { currency: 'JPY', parcels: 1, cost: 900, perParcel: 900, perKg: null, quotedParcels: 0, quoted: 0, overQuotePercent: null },
  ],
};

it('a file of scorecards has a row for each currency, amounts as people write them, and no formula', () => {
  const [header, eur, jpy, gbp, none, ...more] = [...scorecardCsv([card, { ...card, costs: [], billedOtherwise: [] }])]
    .join('')
    .split('\r\n');
  expect(header).toMatch(/^carrier,service,location,originCountry,country,postalArea,period,parcels,.*,currency,pricedParcels,cost,/);
  expect(eur).toBe(`'=dhl,standard,BER,DE,JP,,,3,2,2,50,0,,2.5,4,100,0,0,0,0,1,0,0,2,50,EUR,2,12.05,6.03,3.01,1,6.00,0.4,2.05,1.00`);
  expect(jpy).toMatch(/JPY,1,900,900,,0,0,,,$/);
  expect(gbp).toMatch(/,2,50,GBP,,,,,,,,0.40,0.00$/);
  expect(none).toMatch(/,0,0,2,50,,,,,,,,,,$/);
  expect(more).toEqual(['']);
});
