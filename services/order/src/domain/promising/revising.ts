import { canonicalJson, requireRevision, type Decider, type Named } from '@cartage/eventsourcing';

/** What was set under a code from then on. Revisions are kept: what was sold under one is judged by it. */
export interface Revision<Terms> {
  readonly code: string;
  /** 1, 2, 3 … */
  readonly revision: number;
  readonly terms: Terms;
  /** Who set it. */
  readonly by: string;
  readonly changedAt: string;
}

export type Revise<Terms> = Named<
  'Revise',
  {
    readonly code: string;
    readonly terms: Terms;
    /** The revision that the caller saw, if they said so. */
    readonly ifRevision?: number | undefined;
    readonly by: string;
    readonly now: string;
  }
>;

/** Every revision, oldest first. */
export type Revisions<Terms> = readonly Revision<Terms>[];

/** Terms that people set as a whole: set to what they are already, nothing changes. */
export const revising = <Type extends string, Terms extends object>(
  type: Type,
  requireWhole: (terms: Terms) => void,
): Decider<Revise<Terms>, Revisions<Terms>, Named<Type, Revision<Terms>>> => ({
  initial: [],
  evolve: (revisions, { data }) => [...revisions, data],
  decide: ({ data: { code, terms, ifRevision, by, now } }, revisions) => {
    const newest = revisions.at(-1);
    requireRevision('It', newest?.revision ?? 0, ifRevision);
    requireWhole(terms);
    if (newest && canonicalJson(newest.terms) === canonicalJson(terms)) return [];
    return [{ type, data: { code, revision: revisions.length + 1, terms, by, changedAt: now } }];
  },
});
