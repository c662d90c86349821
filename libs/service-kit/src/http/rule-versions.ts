import { list, object, text, time, truth } from '@cartage/contracts';
import { activeVersion, type RuleVersion, type RuleVersions } from '@cartage/eventsourcing';
import { limitOf, pageOf, readCursor, type Page, type PageQuery } from './page';

/** A version of rules in a list. */
export type ListedRules = Omit<RuleVersion<unknown>, 'rules'> & { readonly inForce: boolean };

export type ShownRules<Rules> = ListedRules & { readonly rules: Rules };

/** For `answerOf`; what is said of the version, its use and its author is each service's own. */
export const listedRulesShape = (about: { readonly version: string; readonly inForce: string; readonly by: string }) => ({
  version: text(about.version),
  inForce: truth(about.inForce),
  note: text('Why it was drafted.'),
  by: text(about.by),
  draftedAt: time(),
  activations: list(object({ note: text('Why.'), by: text('Who.'), activatedAt: time() }), 'When it came into force, the newest last.'),
});

const listed = ({ rules: _, ...version }: RuleVersion<unknown>, sets: RuleVersions<unknown>): ListedRules => ({
  ...version,
  inForce: activeVersion(sets) === version.version,
});

export const shownRules = <Rules>(found: RuleVersion<Rules>, sets: RuleVersions<Rules>): ShownRules<Rules> => ({
  ...listed(found, sets),
  rules: found.rules,
});

/** Newest first. */
export const pageOfRules = (sets: RuleVersions<unknown>, query: PageQuery): Page<ListedRules> => {
  const [before = Infinity] = readCursor(query.cursor, 'count') ?? [];
  const versions = [...sets.versions.values()].toReversed().filter(({ version }) => Number(version) < before);
  const rows = versions.slice(0, limitOf(query) + 1).map((version) => listed(version, sets));
  return pageOf(rows, query, ({ version }) => [Number(version)]);
};
