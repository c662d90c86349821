/** Lines, units and money of a part of the file. Money is signed as in the file: credits take away. */
export interface Part {
  readonly lines: number;
  readonly units: number;
  /** Pence. */
  readonly pence: number;
}

/** Where every line of the file went. A credit that is matched in part counts as a returned line; its rest stands in units and pence. */
export interface Books {
  readonly file: Part;
  readonly ordered: Part;
  readonly returned: Part;
  /** Credits of sales that were called off: everything of them was credited within a day. */
  readonly cancelled: Part;
  readonly parked: Readonly<Record<string, Part>>;
  /** What customers had paid for the units that came back: what Cartage has to refund. */
  readonly paidForReturned: number;
  /** The sales that were called off: ordered, and never to be shipped or paid. */
  readonly calledOff: Part;
}

export const nothing: Part = { lines: 0, units: 0, pence: 0 };
export const plus = (a: Part, b: Part): Part => ({ lines: a.lines + b.lines, units: a.units + b.units, pence: a.pence + b.pence });

/** What all parts come to together; equal to the file, or something was lost. */
export const sumOf = ({ ordered, returned, cancelled, parked }: Books): Part =>
  [ordered, returned, cancelled, ...Object.values(parked)].reduce(plus, nothing);
