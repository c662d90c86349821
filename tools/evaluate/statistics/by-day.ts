import { numbersFrom } from '../../simulation/random';

/** What happened by day: to be told once that day is over. */
export class ByDay<Fact> {
  private readonly facts = new Map<number, Fact[]>();

  add(day: number, fact: Fact): void {
    const sameDay = this.facts.get(day);
    if (sameDay === undefined) this.facts.set(day, [fact]);
    else sameDay.push(fact);
  }

  take(day: number): readonly Fact[] {
    const found = this.facts.get(day) ?? [];
    this.facts.delete(day);
    return found;
  }
}

/**
 * The clock times of a day are not in a file of days: as if they were by chance, the same chance each time. In the order of the file the quickest
 * deliveries of each day would come last, and who remembers the last few would remember those only.
 */
export const byChance = <Fact>(facts: readonly Fact[], day: number): readonly Fact[] => {
  const next = numbersFrom(day);
  return facts
    .map((fact) => ({ fact, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ fact }) => fact);
};
