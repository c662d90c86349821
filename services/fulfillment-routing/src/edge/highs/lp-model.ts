import { piecesOf } from '@cartage/contracts';
import type { SourcingOrder, SourcingPlace, SourcingPlan, SourcingProblem } from '../../domain/sourcing';

/*
 * A batch of orders as a mixed-integer linear model, in the text form of CPLEX. Of order `o` at its place `p`: `y_o_p` says whether it ships anything, `x_o_p_l` how many
 * units of line `l`; `u_o` that nothing of the order is shipped.
 */

const y = (o: number, p: number): string => `y_${o}_${p}`;
const x = (o: number, p: number, l: number): string => `x_${o}_${p}_${l}`;
const u = (o: number): string => `u_${o}`;

type Terms = readonly string[];
/** A term to a line: readers of the form limit the length of lines. */
const sumOf = (terms: Terms): string => terms.join('\n + ');

/** More than all orders together can cost: one order more that is shipped is worth any cost. */
const unfilledCost = ({ orders }: SourcingProblem): number =>
  1 + orders.reduce((sum, { lines, places, maxSplit }) => sum + Math.max(0, ...places.map((place) => mostOf(lines, place) * maxSplit)), 0);

const mostOf = (lines: SourcingOrder['lines'], { cost, perUnit = [] }: SourcingPlace): number =>
  Math.ceil(lines.reduce((sum, { quantity }, l) => sum + quantity * (perUnit[l] ?? 0), cost));

/** Readers of the form know no exponents. */
const number = (value: number): string => String(Math.round(value * 10_000) / 10_000);

const costs = (problem: SourcingProblem): Terms => {
  const nothing = unfilledCost(problem);
  return problem.orders.flatMap(({ lines, places }, o) => [
    ...places.map(({ cost }, p) => `${number(cost)} ${y(o, p)}`),
    ...places.flatMap(({ perUnit = [] }, p) => lines.flatMap((_, l) => (perUnit[l] ? [`${number(perUnit[l])} ${x(o, p, l)}`] : []))),
    `${nothing} ${u(o)}`,
  ]);
};

/** All units of each line or none of the order; from no more locations than it may; from a location only where that ships. */
const ofOrder = ({ lines, places, maxSplit }: SourcingOrder, o: number): Terms => [
  ...lines.map(({ quantity }, l) => `${sumOf([...places.map((_, p) => x(o, p, l)), `${quantity} ${u(o)}`])} = ${quantity}`),
  ...(places.length > maxSplit ? [`${sumOf(places.map((_, p) => y(o, p)))} <= ${maxSplit}`] : []),
  ...places.flatMap((_, p) => lines.map(({ quantity }, l) => `${x(o, p, l)} - ${quantity} ${y(o, p)} <= 0`)),
];

const gathered = (into: Map<string, string[]>, key: string, term: string): void => {
  const terms = into.get(key);
  if (terms) terms.push(term);
  else into.set(key, [term]);
};

/** What a location has, and how many fulfilments it can be given. */
const ofLocations = ({ orders, stock, rooms }: SourcingProblem): Terms => {
  const [taken, given] = [new Map<string, string[]>(), new Map<string, string[]>()];
  orders.forEach(({ lines, places }, o) =>
    places.forEach(({ location }, p) => {
      gathered(given, location, y(o, p));
      lines.forEach((line, l) =>
        piecesOf(line).forEach(({ sku, quantity }) => gathered(taken, JSON.stringify([location, sku]), `${quantity} ${x(o, p, l)}`)),
      );
    }),
  );
  const shelves = [...taken].map(([key, terms]) => {
    const [location = '', sku = ''] = JSON.parse(key) as readonly string[];
    return `${sumOf(terms)} <= ${Math.max(0, stock.get(location)?.get(sku) ?? 0)}`;
  });
  const days = [...given].flatMap(([location, terms]) => {
    const room = rooms.get(location);
    return room === undefined ? [] : [`${sumOf(terms)} <= ${Math.max(0, room)}`];
  });
  return [...shelves, ...days];
};

/** The whole model. */
export const lpOf = (problem: SourcingProblem): string => {
  const { orders } = problem;
  const rows = [...orders.flatMap(ofOrder), ...ofLocations(problem)].map((row, n) => `c${n}: ${row}`);
  const units = orders.flatMap(({ lines, places }, o) => places.flatMap((_, p) => lines.map((__, l) => x(o, p, l))));
  const choices = orders.flatMap(({ places }, o) => [...places.map((_, p) => y(o, p)), u(o)]);
  return [
    ...['Minimize', `cost: ${sumOf(costs(problem))}`, 'Subject To', ...rows],
    ...['General', ...units, 'Binary', ...choices, 'End', ''],
  ].join('\n');
};

/** The plan that values of the variables stand for. Solvers count in fractions. */
export const planOf = ({ orders }: SourcingProblem, valueOf: (variable: string) => number): SourcingPlan =>
  orders.map(({ lines, places }, o) =>
    places
      .map(({ location }, p) => ({
        location,
        lines: lines.map(({ lineId }, l) => ({ lineId, quantity: Math.round(valueOf(x(o, p, l))) })).filter(({ quantity }) => quantity > 0),
      }))
      .filter((part) => part.lines.length > 0),
  );
