import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activeVersion, fold, specFor, type DataOf, type StoredEvent } from '@cartage/eventsourcing';
import { rules as settings } from './brokering.fixture';
import { policyOf, rulesFor } from './policy';
import { published } from './published';
import { ROUTING_RULES, ruleSets, type RuleSetCommand, type RuleSetEvent } from './rule-sets';

const { given } = specFor(ruleSets);
const now = '2026-11-23T09:15:30.000Z';
const policy = policyOf(settings);
const said = { note: 'Tried.', by: 'staff-17', now };
const drafted = (version: string): RuleSetEvent => ({
  type: 'RulesDrafted',
  data: { version, rules: policy, note: 'Tried.', by: 'staff-17', draftedAt: now },
});
const activated = (version: string, replaces?: string): RuleSetEvent => ({
  type: 'RulesActivated',
  data: { version, note: 'Tried.', by: 'staff-17', ...(replaces === undefined ? {} : { replaces }), activatedAt: now },
});
const activate = (version: string): RuleSetCommand => ({ type: 'ActivateRules', data: { version, ...said } });

describe('routing rules', () => {
  it('are drafted as the next version', () =>
    given(drafted('1'))
      .when({ type: 'DraftRules', data: { rules: policy, ...said } })
      .then(drafted('2')));

  it('are put in force once, in place of those before', () => {
    given(drafted('1')).when(activate('1')).thenOnce(activated('1'));
    given(drafted('1'), activated('1'), drafted('2')).when(activate('2')).thenOnce(activated('2', '1'));
  });

  it('must have been drafted', () => given().when(activate('7')).thenRefused('RULES_UNKNOWN'));

  it('are rolled back to those that were in force before, if there were any', () => {
    const rollBack: RuleSetCommand = { type: 'RollBackRules', data: said };
    given(drafted('1'), activated('1'), drafted('2'), activated('2', '1')).when(rollBack).then(activated('1', '2'));
    given(drafted('1'), activated('1')).when(rollBack).thenRefused('RULES_NOT_REPLACED');
  });

  it('are told of once they are in force: which, and in place of which; who did it and why stays here', () => {
    const event: StoredEvent<Extract<RuleSetEvent, { type: 'RulesActivated' }>> = {
      ...{ type: 'RulesActivated', id: 'e', stream: ROUTING_RULES, version: 1, position: '1', recordedAt: now },
      data: { version: '2', note: 'Tried.', by: 'staff-17', replaces: '1', activatedAt: now },
      meta: { commandId: 'c', correlationId: 'c', actor: 'spec', sequence: 1 },
    };
    const data = { rulesId: 'routing', version: '2', replaces: '1', activatedAt: now };
    expect(published.RulesActivated?.(event)).toEqual({ type: 'RulesActivated', data });
    expect(published).not.toHaveProperty('RulesDrafted');
  });

  it('fold for ever', () => {
    const folder = join(__dirname, 'rule-sets-golden');
    expect(readdirSync(folder).sort()).toEqual(['RulesActivated.v1.json', 'RulesDrafted.v1.json']);
    const dataOf = <Type extends RuleSetEvent['type']>(type: Type) =>
      JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as DataOf<RuleSetEvent, Type>;
    const sets = fold(ruleSets, [
      { type: 'RulesDrafted', data: dataOf('RulesDrafted') },
      { type: 'RulesActivated', data: dataOf('RulesActivated') },
    ]);
    expect(activeVersion(sets)).toBe('1');
    expect(sets.versions.get('1')).toMatchObject({ rules: dataOf('RulesDrafted').rules, activations: [{ note: 'Tried.' }] });
  });
});

describe('what is otherwise for some orders', () => {
  const exceptions = [
    { countries: ['FR'], change: { maxSplit: 1 } },
    { channels: ['market'], skus: ['GLASS-*'], change: { maxSplit: 4, planAheadDays: 3 } },
    { methods: ['pickup'], change: { maxAttempts: 1 } },
  ];
  const resolved = (order: object) => rulesFor({ ...policy, exceptions }, 'routing@1', { skus: ['MUG'], ...order });

  it('holds where all that is said of them is true; the later goes before the earlier', () => {
    expect(resolved({})).toMatchObject({ version: 'routing@1', maxSplit: 3, planAheadDays: 0, maxAttempts: 3 });
    expect(resolved({ country: 'FR' })).toMatchObject({ maxSplit: 1 });
    expect(resolved({ channel: 'market', country: 'FR', skus: ['MUG', 'GLASS-1'] })).toMatchObject({ maxSplit: 4, planAheadDays: 3 });
    expect(resolved({ channel: 'market' })).toMatchObject({ maxSplit: 3 });
    expect(resolved({ method: 'pickup' })).toMatchObject({ maxAttempts: 1 });
  });

  it('changes nothing that it does not name', () => expect(resolved({ country: 'FR' }).weights).toEqual(policy.weights));
});
