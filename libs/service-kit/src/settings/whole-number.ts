import { EnvError, makeValidator } from 'envalid';

/** A setting that is a whole number within a range. */
export const wholeNumber = (least: number, most: number) =>
  makeValidator<number>((input) => {
    const value = Number(input);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new EnvError('out of range');
  });
