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

export const isUnits = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
