import type { Risk } from '@cartage/contracts';
import { Trial } from './back-test';
import { facts, limits, paidBy, terms } from './payment.fixture';
import { verify, type VerificationLimits } from './verification';

const scored = (score: number): Risk => ({ provider: 'http', version: 'm-3', score, reasons: [{ code: 'device' }] });
const away: Risk = { provider: 'http', reasons: [], away: 'timeout' };
const judged = (risk: Risk, total = 4000, by: VerificationLimits = limits) => verify(paidBy({}, { total }), { ...facts, risk }, by);

describe('what a risk provider says', () => {
  it('stands in the verdict as it was said', () => expect(judged(scored(12)).risk).toEqual(scored(12)));

  it('is silent below what is doubtful, asks a person from there, and refuses where the risk is high', () => {
    const decisions = [59, 60, 84, 85].map((score) => judged(scored(score)).decision);
    expect(decisions).toEqual(['accept', 'review', 'review', 'reject']);
    expect(judged(scored(60)).reasons).toEqual([{ rule: 'risk-doubtful', detail: 'http m-3 scores it 60: device.', weight: 50 }]);
  });

  it('when it says nothing, is done without below a worth, in any currency, and lets a person look above', () => {
    expect(judged(away, 9_999)).toMatchObject({ decision: 'accept', risk: away });
    expect(judged(away, 10_000)).toMatchObject({ decision: 'review', reasons: [{ rule: 'risk-provider-away' }] });
    const inRupees = { ...paidBy({}, { total: 5_000_000 }), currency: 'INR' };
    expect(verify(inRupees, { ...facts, risk: away }, limits).reasons).toMatchObject([{ rule: 'risk-provider-away' }]);
    expect(judged(away, 1, { ...limits, risk: { ...limits.risk, acceptAwayBelow: [] } }).decision).toBe('review');
  });

  it('says nothing of an order that a channel has the money of', () =>
    expect(verify(paidBy({ method: 'prepaid' }), { ...facts, risk: scored(99) }, limits).decision).toBe('accept'));

  it('may count more or less by country, and is weighed like any rule', () => {
    const lenient = {
      ...limits,
      exceptions: [{ countries: ['GB'], change: { risk: { highFrom: 101 }, weights: { 'risk-doubtful': 10 } } }],
    };
    expect(judged(scored(99), 4000, lenient)).toMatchObject({ decision: 'accept', score: 10 });
  });

  it('is remembered: a draft is tried on the scores that were given then', () => {
    const trial = new Trial({ ...limits, version: 'draft', risk: { ...limits.risk, doubtfulFrom: 40 } });
    trial.add([
      { terms, facts: { ...facts, risk: scored(45) }, verdict: judged(scored(45)) },
      { terms, facts: { ...facts, risk: scored(39) }, verdict: judged(scored(39)) },
    ]);
    expect(trial.result()).toMatchObject({ orders: 2, unchanged: 1, shifts: [{ from: 'accept', to: 'review', orders: 1 }] });
  });
});
