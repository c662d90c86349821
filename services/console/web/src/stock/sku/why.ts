import type { Schemas } from '../../api/client';
import { figures, type Figure } from '../units';

export type Explanation = Schemas['StockExplanation'];
type Group = Explanation['movements'][number];

export interface Why {
  /** What moved what, the most moved first; what moved nothing is left out. */
  readonly rows: readonly Group[];
  /** Figures in which something ever moved. */
  readonly columns: readonly Figure[];
  /** What can be promised, as the figures say: less is promised only where the location is closed. */
  readonly left: number;
  readonly isClosed: boolean;
}

const moved = (group: Group): number => Math.max(...figures.map((figure) => Math.abs(group[figure])));

/** Why there is as much as there is: every unit by what moved it. */
export const whyOf = (explanation: Explanation): Why => {
  const rows = explanation.movements.filter((group) => moved(group) > 0).toSorted((a, b) => moved(b) - moved(a));
  const columns = figures.filter((figure) => explanation[figure] !== 0 || rows.some((group) => group[figure] !== 0));
  const left = explanation.onHand - explanation.reserved - explanation.allocated - explanation.safetyStock;
  return { rows, columns, left, isClosed: left !== explanation.atp };
};
