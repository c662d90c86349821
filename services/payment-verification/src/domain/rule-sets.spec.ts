import { join } from 'node:path';
import { activeVersion, fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import fc from 'fast-check';
import type { RuleSet } from './verification';
import { publishedRules, ruleSets, type RuleSetCommand, type RuleSetEvent } from './rule-sets';
import { activatedAs, draftedAs, now, rules } from './rule-sets.fixture';

const { given } = specFor(ruleSets);
const why = { note: 'Tried.', by: 'staff-17', now };
const draft = (of: RuleSet = rules): RuleSetCommand => ({
  type: 'DraftRules',
  data: { rules: of, note: 'Fewer doubts.', by: 'staff-17', now },
});
const activate = (version: string): RuleSetCommand => ({ type: 'ActivateRules', data: { version, ...why } });
const rollBack: RuleSetCommand = { type: 'RollBackRules', data: why };
const adopt: RuleSetCommand = { type: 'AdoptSettings', data: { rules, now } };
const bySettings: readonly RuleSetEvent[] = [
  { type: 'RulesDrafted', data: { version: '1', rules, note: 'As the settings say.', by: 'settings', draftedAt: now } },
  { type: 'RulesActivated', data: { version: '1', note: 'As the settings say.', by: 'settings', activatedAt: now } },
];

describe('versions of the verification rules', () => {
  it('begin with what the settings say', () =>
    given()
      .when(adopt)
      .thenOnce(...bySettings));

  it('follow the settings for as long as nobody has activated others', () => {
    const other = { ...rules, bulkUnits: 7 };
    given(...bySettings)
      .when({ type: 'AdoptSettings', data: { rules: other, now } })
      .thenOnce(
        { type: 'RulesDrafted', data: { version: '2', rules: other, note: 'As the settings say.', by: 'settings', draftedAt: now } },
        { type: 'RulesActivated', data: { version: '2', note: 'As the settings say.', by: 'settings', replaces: '1', activatedAt: now } },
      );
    given(...bySettings, draftedAs('2'), activatedAs('2', '1'))
      .when({ type: 'AdoptSettings', data: { rules: other, now } })
      .thenNothing();
  });

  it('are drafted under the next number, and judge nobody before they are activated', () => {
    given(...bySettings)
      .when(draft())
      .then(draftedAs('2'));
    expect(activeVersion(fold(ruleSets, [...bySettings, draftedAs('2')]))).toBe('1');
  });

  it('are activated once, and name what they replace', () =>
    given(...bySettings, draftedAs('2'))
      .when(activate('2'))
      .thenOnce(activatedAs('2', '1')));

  it('are not activated when there are none of that number', () =>
    given(...bySettings)
      .when(activate('2'))
      .thenRefused('RULES_UNKNOWN'));

  it('are put back to those that were in force before', () =>
    given(...bySettings, draftedAs('2'), activatedAs('2', '1'))
      .when(rollBack)
      .then(activatedAs('1', '2')));

  it('cannot be put back to nothing', () =>
    given(...bySettings)
      .when(rollBack)
      .thenRefused('RULES_NOT_REPLACED'));

  it('tell who activated each, when and why', () => {
    const sets = fold(ruleSets, [...bySettings, draftedAs('2'), activatedAs('2', '1'), activatedAs('1', '2')]);
    expect(sets.versions.get('1')?.activations).toEqual([
      { note: 'As the settings say.', by: 'settings', activatedAt: now },
      { note: 'Tried.', by: 'staff-17', activatedAt: now },
    ]);
  });

  it('have always exactly one of theirs in force, whatever is drafted, activated and put back', () => {
    const step = fc.oneof(
      fc.constant(draft()),
      fc.constant(rollBack),
      fc.constant(adopt),
      fc.integer({ min: 1, max: 5 }).map((n) => activate(String(n))),
    );
    const decided = (state: ReturnType<typeof fold<never, never>> | typeof ruleSets.initial, command: RuleSetCommand) => {
      try {
        return ruleSets.decide(command, state as typeof ruleSets.initial);
      } catch {
        return [];
      }
    };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const end = [adopt, ...steps].reduce((state, command) => fold(ruleSets, decided(state, command), state), ruleSets.initial);
        expect(end.versions.has(activeVersion(end) ?? '')).toBe(true);
        expect([...end.versions.keys()]).toEqual([...end.versions.keys()].map((_, i) => String(i + 1)));
      }),
    );
  });
});

describe('a draft is refused, by the field,', () => {
  const cod = rules.cod;
  it.each<[string, Partial<RuleSet>, string]>([
    ['when nothing could ever be reviewed', { reviewFrom: 80 }, 'reviewFrom'],
    ['when a limit has no amount', { highValue: [] }, 'highValue'],
    ['when nobody knows the worth of its first currency', { highValue: [{ currency: 'XAU', amount: 1 }] }, 'highValue[0].currency'],
    ['when it weighs a rule that there is not', { weights: { 'high-valeu': 5 } }, 'weights.high-valeu'],
    ['when it excludes an area that no order ever has', { cod: { ...cod, excludedAreas: ['SG-018956'] } }, 'cod.excludedAreas[0]'],
    ['when it limits such an area', { cod: { ...cod, areaLimits: [{ area: 'HK-1', limit: cod.limit }] } }, 'cod.areaLimits[0]'],
    ['when an exception is for everybody', { exceptions: [{ change: {} }] }, 'exceptions[0]'],
    [
      'when an exception leaves nothing to review',
      { exceptions: [{ countries: ['IN'], change: { rejectFrom: 50 } }] },
      'exceptions[0].change.reviewFrom',
    ],
  ])('%s', (_, change, field) => {
    const refusal: unknown = (() => {
      try {
        return ruleSets.decide(draft({ ...rules, ...change }), ruleSets.initial);
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toMatchObject({ code: 'RULES_INVALID', kind: 'invalid', errors: [{ field }] });
  });
});

describe('stored events of rules', () => {
  const golden = goldenSamples<RuleSetEvent>(join(__dirname, 'rule-sets', 'golden'));
  it('have the names that they have for ever, and fold', () => {
    expect(golden.types).toEqual(['RulesActivated', 'RulesDrafted']);
    const sets = fold(ruleSets, [golden.of('RulesDrafted'), golden.of('RulesActivated')]);
    expect([activeVersion(sets), sets.versions.get('2')?.rules.cod.excludedAreas]).toEqual(['2', ['IN-110001']]);
  });
  it('are told of once they are in force: which, and in place of which; who did it and why stays here', () => {
    const { version, activatedAt } = golden.of('RulesActivated').data;
    const told = publishedRules.RulesActivated?.(golden.of('RulesActivated'));
    expect(told).toEqual({ type: 'VerificationRulesActivated', data: { rulesId: 'verification', version, replaces: '1', activatedAt } });
    expect(publishedRules).not.toHaveProperty('RulesDrafted');
  });
});
