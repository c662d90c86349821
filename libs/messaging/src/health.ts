import type { GroupHealth } from './transport';

/** An early event may come late for as long as this before it is worth a person's look. */
const EARLY_MS = 60_000;

/** What is wrong with these groups, a line each, for people. Dead letters are none: they wait for a person without harm to others. */
export const troublesOf = (groups: readonly GroupHealth[], now: Date): readonly string[] => groups.flatMap((each) => troublesIn(each, now));

const troublesIn = ({ group, status, since, why, earlyKeys, earlySince }: GroupHealth, now: Date): readonly string[] => [
  ...(status === 'waiting' ? [`${group} waits since ${since} for something that is away: ${why}`] : []),
  ...(status === 'connecting' ? [`${group} has no Kafka since ${since}: ${why}`] : []),
  ...(earlySince !== undefined && now.getTime() - Date.parse(earlySince) > EARLY_MS
    ? [`${group}: ${earlyKeys} keys wait, the first since ${earlySince}, for what a neighbour has not told yet`]
    : []),
];
