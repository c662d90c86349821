import { nameOf } from './audit';
import type { Book } from './book';
import { expectationsOf, findingsOf, isOpen, metBy, type Finding } from './judging';

/** As if time had gone on and nothing more had come. */
const FAR = '9999-12-31T00:00:00.000Z';

/** What a fact changes about what is, or will be, found. */
export interface FindingChanges {
  /** To be told now: what is doubled, and what came too late. */
  readonly found: readonly Finding[];
  /** Names of what is so no more. */
  readonly ended: readonly string[];
}

const named = (findings: readonly Finding[]): ReadonlyMap<string, Finding> =>
  new Map(findings.map((finding) => [nameOf(finding), finding]));

/** What is missing is found when its time is over, not by a fact. */
const isToldAtOnce = (finding: Finding): boolean => finding.kind === 'doubled' || !isOpen(finding);

/** It has another time by now: should that pass, too, it is found again. */
const isPutOff = (before: Finding, after: Finding | undefined): boolean =>
  after !== undefined && !isToldAtOnce(after) && after.since > before.since;

/** What follows for findings from what was heard between these two books of one key. */
export const changesBetween = (before: Book | undefined, after: Book): FindingChanges => {
  const earlier = named(before ? findingsOf(before, FAR) : []);
  const now = named(findingsOf(after, FAR));
  const found = [...now].flatMap(([name, finding]) => {
    const known = earlier.get(name);
    return isToldAtOnce(finding) && (known === undefined || isOpen(known) !== isOpen(finding)) ? [finding] : [];
  });
  const ended = [...earlier].flatMap(([name, finding]) => (!now.has(name) || isPutOff(finding, now.get(name)) ? [name] : []));
  return { found, ended };
};

/** How many things must still follow. */
export const awaitedIn = (book: Book): number => expectationsOf(book).filter((each) => !metBy(each) && each.rule.isCause !== true).length;
