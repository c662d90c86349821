import { evolving, type DataOf, type Named } from './decider';
import { Refused } from './refused';

/** What somebody decided about rules. */
interface RuleDecision {
  /** Why: for those who come after. */
  readonly note: string;
  readonly by: string;
}

export type RulesEvent<Rules> =
  | Named<'RulesDrafted', RuleDecision & { readonly version: string; readonly rules: Rules; readonly draftedAt: string }>
  /** In force from then on, in place of the one before. Going back to an earlier one is the same. */
  | Named<'RulesActivated', RuleDecision & { readonly version: string; readonly replaces?: string; readonly activatedAt: string }>;

type Asked = RuleDecision & { readonly now: string };

export type RulesCommand<Rules> =
  | Named<'DraftRules', Asked & { readonly rules: Rules }>
  | Named<'ActivateRules', Asked & { readonly version: string }>
  | Named<'RollBackRules', Asked>;

export interface RuleVersion<Rules> extends RuleDecision {
  readonly version: string;
  readonly rules: Rules;
  readonly draftedAt: string;
  /** When it came into force, the newest last. */
  readonly activations: readonly (RuleDecision & { readonly activatedAt: string })[];
}

export interface RuleVersions<Rules> {
  /** By version, the oldest first. */
  readonly versions: ReadonlyMap<string, RuleVersion<Rules>>;
  /** Versions in the order in which they were in force; the last one is. */
  readonly inForce: readonly string[];
}

/** Nothing before anything was activated. */
export const activeVersion = ({ inForce }: Pick<RuleVersions<unknown>, 'inForce'>): string | undefined => inForce.at(-1);

export const nextVersion = ({ versions }: Pick<RuleVersions<unknown>, 'versions'>): string => String(versions.size + 1);

/** The parts of a decider of rules as versioned data: drafted, put in force, and put back. `what` names them for people, such as `routing rules`. */
export const ruleVersions = <Rules>(what: string) => {
  type Versions = RuleVersions<Rules>;
  type Event = RulesEvent<Rules>;
  type Data<Type extends RulesCommand<Rules>['type']> = DataOf<RulesCommand<Rules>, Type>;

  const require = ({ versions }: Versions, version: string): RuleVersion<Rules> => {
    const found = versions.get(version);
    if (!found) throw new Refused('RULES_UNKNOWN', `There are no ${what} of version ${version}.`, 'unknown');
    return found;
  };
  const drafted = ({ rules, note, by, now }: Data<'DraftRules'>, version: string): Event => ({
    type: 'RulesDrafted',
    data: { version, rules, note, by, draftedAt: now },
  });
  const activated = ({ version, note, by, now }: Data<'ActivateRules'>, replaces: string | undefined): Event => ({
    type: 'RulesActivated',
    data: { version, note, by, ...(replaces === undefined ? {} : { replaces }), activatedAt: now },
  });
  const decisions = {
    DraftRules: (command: Data<'DraftRules'>, sets: Versions): readonly Event[] => [drafted(command, nextVersion(sets))],
    ActivateRules: (command: Data<'ActivateRules'>, sets: Versions): readonly Event[] => {
      require(sets, command.version);
      const before = activeVersion(sets);
      return before === command.version ? [] : [activated(command, before)];
    },
    RollBackRules: (command: Data<'RollBackRules'>, sets: Versions): readonly Event[] => {
      const before = sets.inForce.at(-2);
      if (before === undefined) throw new Refused('RULES_NOT_REPLACED', `No other ${what} were in force before these.`);
      return [activated({ ...command, version: before }, activeVersion(sets))];
    },
  };
  const initial: Versions = { versions: new Map(), inForce: [] };
  const evolve = evolving<Versions, Event>({
    RulesDrafted: (sets, data) => ({ ...sets, versions: new Map(sets.versions).set(data.version, { ...data, activations: [] }) }),
    RulesActivated: (sets, data) => ({ versions: noted(sets, data), inForce: [...sets.inForce, data.version] }),
  });
  return { initial, evolve, decisions, drafted, activated, require };
};

const noted = <Rules>(
  { versions }: RuleVersions<Rules>,
  { version, note, by, activatedAt }: DataOf<RulesEvent<Rules>, 'RulesActivated'>,
): RuleVersions<Rules>['versions'] => {
  const found = versions.get(version);
  if (!found) return versions;
  return new Map(versions).set(version, { ...found, activations: [...found.activations, { note, by, activatedAt }] });
};
