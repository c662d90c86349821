import { ValidateBy } from 'class-validator';

type Values = Readonly<Record<string, unknown>>;
/** An object of names, each with a value that is right. */
export const IsNamed = (isRight: (value: unknown) => boolean, what: string): PropertyDecorator => {
  const validate = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value as Values).every(isRight);
  return ValidateBy({
    name: 'namesInvalid',
    validator: { validate, defaultMessage: () => `must be an object of names, each with ${what}` },
  });
};

/** A list that grows by a number of each. */
export const InOrder = (field: string): PropertyDecorator => {
  const numberOf = (one: unknown): unknown => (one as Values | null)?.[field];
  const validate = (value: unknown): boolean =>
    !Array.isArray(value) || value.every((one, i) => i === 0 || Number(numberOf(one)) > Number(numberOf(value[i - 1])));
  return ValidateBy({
    name: 'notInOrder',
    validator: { validate, defaultMessage: () => `must be in the order of ${field}, the smallest first` },
  });
};

export const isUnits = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
