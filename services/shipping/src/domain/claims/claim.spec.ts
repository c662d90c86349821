import { shippingEvents } from '@cartage/contracts';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { join } from 'node:path';
import { claim, type ClaimEvent } from './claim';
import { publishedClaims } from './published';

const samples = goldenSamples<ClaimEvent>(join(__dirname, 'golden'));
const { data: filed } = samples.of('ClaimFiled');
const { filedAt: now, ...claimed } = filed;
const { amount: _claimed, reason: _why, ...named } = claimed;
const { given } = specFor(claim);
const file = { type: 'FileClaim', data: { ...claimed, now } } as const;
const accept = (amount: number) => ({ type: 'AcceptClaim', data: { amount, now } }) as const;
const pay = (amount: number) => ({ type: 'PayClaim', data: { amount, now } }) as const;
const reason = { code: 'refused', by: 'carrier' };
const refuse = { type: 'RefuseClaim', data: { reason, now } } as const;

const facts = {
  filed: { type: 'ClaimFiled', data: filed },
  accepted: { type: 'ClaimAccepted', data: { ...named, amount: 4_000, acceptedAt: now } },
  refused: { type: 'ClaimRefused', data: { ...named, reason, refusedAt: now } },
  paid: (amount: number): ClaimEvent => ({ type: 'ClaimPaid', data: { ...named, amount, paidAt: now } }),
} as const;

describe('a claim on a carrier', () => {
  it('is filed once for its parcel, and not for another amount', () => {
    given().when(file).thenOnce(facts.filed);
    given(facts.filed)
      .when({ ...file, data: { ...file.data, amount: 1 } })
      .thenRefused('CLAIM_FILED');
  });

  it('is accepted up to what is claimed', () => {
    given(facts.filed).when(accept(4_000)).thenOnce(facts.accepted);
    given(facts.filed).when(accept(4_501)).thenRefused('CLAIM_EXCEEDED');
    given().when(accept(1)).thenRefused('CLAIM_UNKNOWN');
  });

  it('is refused, and may be accepted after all until it is paid', () => {
    given(facts.filed).when(refuse).thenOnce(facts.refused);
    given(facts.filed, facts.refused).when(accept(4_000)).thenOnce(facts.accepted);
    given(facts.filed, facts.accepted, facts.paid(1_000)).when(refuse).thenRefused('CLAIM_PAID');
    given(facts.filed, facts.accepted, facts.paid(1_000)).when(accept(3_000)).thenRefused('CLAIM_PAID');
  });

  it('is paid in parts, never more than is accepted', () => {
    given(facts.filed, facts.accepted).when(pay(1_000)).then(facts.paid(1_000));
    given(facts.filed, facts.accepted, facts.paid(1_000)).when(pay(3_001)).thenRefused('CLAIM_EXCEEDED');
    given(facts.filed).when(pay(1)).thenRefused('CLAIM_NOT_ACCEPTED');
    const states = [facts.filed, facts.accepted, facts.paid(1_000), facts.paid(3_000)];
    expect(states.map((_, n) => fold(claim, states.slice(0, n + 1)))).toMatchObject([
      { status: 'filed', paid: 0 },
      { status: 'accepted', accepted: 4_000 },
      { status: 'accepted', paid: 1_000 },
      { status: 'paid', paid: 4_000 },
    ]);
  });

  it('is paid by a line of a settlement file, and not once more where somebody recorded it, too', () => {
    const hear = (amount: number) => ({ type: 'HearClaimPaid', data: { lineId: 'l', amount, now } }) as const;
    const byLine = (amount: number): ClaimEvent => ({ type: 'ClaimPaid', data: { ...named, lineId: 'l', amount, paidAt: now } });
    given(facts.filed, facts.accepted).when(hear(2_500)).then(byLine(2_500));
    given(facts.filed, facts.accepted, facts.paid(3_000)).when(hear(2_500)).then(byLine(1_000));
    given(facts.filed, facts.accepted, facts.paid(4_000)).when(hear(4_000)).thenNothing();
    given(facts.filed, facts.accepted, facts.refused).when(hear(4_000)).then(byLine(4_000));
    given().when(hear(1)).thenRefused('CLAIM_UNKNOWN');
    given(facts.filed, facts.accepted, byLine(4_000)).when(pay(1)).thenRefused('CLAIM_EXCEEDED');
  });

  it('is told to others as their contracts say, with all that names it', () => {
    const ajv = addFormats(new Ajv2020({ strict: false }));
    const about = {
      ...{ id: 'e', stream: 'claim-1', version: 1, position: '1', recordedAt: '' },
      meta: { commandId: 'c', correlationId: 'c', actor: 'spec' },
    };
    for (const type of Object.keys(publishedClaims) as ClaimEvent['type'][]) {
      const told = publishedClaims[type]?.({ ...samples.of(type), ...about } as never);
      if (!told) throw new Error(`${type} is told to nobody.`);
      expect([told.type, ajv.validate(shippingEvents[told.type].data.json, told.data), ajv.errorsText()]).toEqual([
        told.type,
        true,
        'No errors',
      ]);
    }
  });

  it('folds for ever', () => {
    expect(samples.types).toEqual(['ClaimAccepted', 'ClaimFiled', 'ClaimPaid', 'ClaimRefused']);
    const [accepted, paid, refused] = [samples.of('ClaimAccepted'), samples.of('ClaimPaid'), samples.of('ClaimRefused')];
    expect(fold(claim, [samples.of('ClaimFiled'), accepted, paid])).toMatchObject({ status: 'paid', reference: 'C-77', paid: 4_000 });
    expect(fold(claim, [samples.of('ClaimFiled'), refused])).toMatchObject({ status: 'refused', refusal: { code: 'too-late' } });
  });
});
