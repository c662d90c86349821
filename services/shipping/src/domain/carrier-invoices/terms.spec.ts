import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import { now, terms } from './invoices.fixture';
import { carrierTerms, type TermsCommand, type TermsEvent } from './terms';

const { given } = specFor(carrierTerms);
const set: TermsCommand = { type: 'SetCarrierInvoiceTerms', data: { terms, by: 'staff-17', now } };

describe('what was agreed with a carrier about its invoices', () => {
  it('is set once, and again where it is another', () => {
    given()
      .when(set)
      .thenOnce({ type: 'CarrierInvoiceTermsSet', data: { ...terms, by: 'staff-17', setAt: now } });
    const other: TermsCommand = { ...set, data: { ...set.data, terms: { ...terms, missingDays: 60 } } };
    expect(carrierTerms.decide(other, fold(carrierTerms, carrierTerms.decide(set, carrierTerms.initial)))).toHaveLength(1);
  });

  it('folds for ever', () => {
    const golden = goldenSamples<TermsEvent>(join(__dirname, 'golden-terms'));
    expect(golden.types).toEqual(['CarrierInvoiceTermsSet']);
    expect(fold(carrierTerms, [golden.of('CarrierInvoiceTermsSet')]).get('dhl')).toMatchObject({
      missingDays: 30,
      mapping: { weightUnit: 'kg' },
    });
  });
});
