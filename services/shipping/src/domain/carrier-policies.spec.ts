import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activeVersion, fold, specFor, type DataOf } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import { carrierPolicies, publishedPolicies, type CarrierPolicyCommand, type CarrierPolicyEvent } from './carrier-policies';
import { termsFor, type CarrierPolicy } from './carrier-policy';
import { evenWeights } from './scores';

const { given } = specFor(carrierPolicies);
const now = '2026-11-23T09:15:30.000Z';
const rules: CarrierPolicy = { by: 'cost', carriers: ['post'], weights: evenWeights, exceptions: [], blocks: [] };
const said = { note: 'Cheaper.', by: 'staff-17', now };
const drafted = (version: string): CarrierPolicyEvent => ({
  type: 'RulesDrafted',
  data: { version, rules, note: 'Cheaper.', by: 'staff-17', draftedAt: now },
});
const activated = (version: string, replaces?: string): CarrierPolicyEvent => ({
  type: 'RulesActivated',
  data: { version, note: 'Cheaper.', by: 'staff-17', ...(replaces === undefined ? {} : { replaces }), activatedAt: now },
});
const activate = (version: string): CarrierPolicyCommand => ({ type: 'ActivateRules', data: { version, ...said } });
const rollBack: CarrierPolicyCommand = { type: 'RollBackRules', data: said };

describe('carrier policies', () => {
  it('are drafted as the next version', () =>
    given(drafted('1'))
      .when({ type: 'DraftRules', data: { rules, ...said } })
      .then(drafted('2')));

  it('are refused where nothing would count', () => {
    const weights = { cost: 0, speed: 0, preference: 0, performance: 0 };
    given()
      .when({ type: 'DraftRules', data: { rules: { ...rules, weights }, ...said } })
      .thenRefused('WEIGHTS_INVALID');
  });

  it('are put in force once, in place of the one before, if they were drafted', () => {
    given(drafted('1')).when(activate('1')).thenOnce(activated('1'));
    given(drafted('1'), activated('1'), drafted('2')).when(activate('2')).thenOnce(activated('2', '1'));
    given().when(activate('7')).thenRefused('RULES_UNKNOWN');
  });

  it('are rolled back to the one that was in force before, if there was any', () => {
    given(drafted('1'), activated('1'), drafted('2'), activated('2', '1')).when(rollBack).then(activated('1', '2'));
    given(drafted('1'), activated('1')).when(rollBack).thenRefused('RULES_NOT_REPLACED');
  });

  it('are told of once they are in force: which, and in place of which; who did it and why stays here', () => {
    const golden = goldenSamples<CarrierPolicyEvent>(join(__dirname, 'carrier-policies-golden')).of('RulesActivated');
    const told = publishedPolicies.RulesActivated?.({ ...golden, data: { ...golden.data, replaces: '7' } });
    const { version, activatedAt } = golden.data;
    expect(told).toEqual({ type: 'CarrierPolicyActivated', data: { rulesId: 'carriers', version, replaces: '7', activatedAt } });
    expect(publishedPolicies).not.toHaveProperty('RulesDrafted');
  });

  it('fold for ever', () => {
    const folder = join(__dirname, 'carrier-policies-golden');
    expect(readdirSync(folder).sort()).toEqual(['RulesActivated.v1.json', 'RulesDrafted.v1.json']);
    const dataOf = <Type extends CarrierPolicyEvent['type']>(type: Type) =>
      JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as DataOf<CarrierPolicyEvent, Type>;
    const versions = fold(carrierPolicies, [
      { type: 'RulesDrafted', data: dataOf('RulesDrafted') },
      { type: 'RulesActivated', data: dataOf('RulesActivated') },
    ]);
    expect(activeVersion(versions)).toBe('1');
    const policy = versions.versions.get('1')?.rules ?? rules;
    const heavy = { channel: 'web', method: 'ship', priority: 'expedited', country: 'FR', parcelGrams: [12_000] };
    expect(termsFor(policy, 'carriers@1', heavy)).toMatchObject({ by: 'speed', carriers: ['vans'], blocks: [{ code: 'no-customs' }] });
  });
});
